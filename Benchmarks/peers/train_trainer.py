"""Training steps of Hugging Face's Trainer: all weights, or PEFT's adapters on all linear layers."""

import time

import peer

options = peer.arguments("full|lora", ["trainer"])

import tempfile

import classifier
import torch
from transformers import PrinterCallback, Trainer, TrainerCallback, TrainingArguments


class Clock(TrainerCallback):
    """Runs from the end of the last warm-up step to the end of the last step."""

    start = end = 0.0

    def on_step_end(self, args, state, control, **kwargs):
        if state.global_step == peer.WARM_UP_STEPS:
            self.start = time.perf_counter()
        self.end = time.perf_counter()


def main() -> None:
    torch.set_num_threads(options.threads)
    texts, labels, count = peer.labelled(options.texts)
    warm_up = peer.WARM_UP_STEPS * options.batch
    # The first texts again in front, as many as the warm-up takes.
    places = [index % len(texts) for index in range(warm_up)] + list(range(len(texts)))
    rows = classifier.Rows(
        options.model, [texts[place] for place in places], [labels[place] for place in places]
    )
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        trainer = Trainer(
            model=classifier.load(
                options.model, count, "all-linear" if options.task == "lora" else None
            ),
            args=TrainingArguments(
                output_dir=folder,
                per_device_train_batch_size=options.batch,
                num_train_epochs=1,
                learning_rate=peer.LEARNING_RATE,
                weight_decay=peer.WEIGHT_DECAY,
                max_grad_norm=peer.MAXIMUM_NORM,
                train_sampling_strategy="sequential",
                remove_unused_columns=False,
                dataloader_pin_memory=False,
                use_cpu=True,
                save_strategy="no",
                logging_strategy="no",
                report_to=[],
                disable_tqdm=True,
            ),
            data_collator=classifier.collate,
            train_dataset=rows,
            callbacks=[clock],
        )
        trainer.remove_callback(PrinterCallback)
        trainer.train()
        steps = trainer.state.global_step - peer.WARM_UP_STEPS
    tool = "Trainer + PEFT" if options.task == "lora" else "Trainer"
    peer.answer(options, tool, "transformers", len(texts), clock.end - clock.start, steps)


main()
