import HoneCommands

await HoneCommand.start()
