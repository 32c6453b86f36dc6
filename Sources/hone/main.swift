import HoneCommands

await HoneCommand.main()
