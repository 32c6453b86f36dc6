"""Steps of a training loop written by hand in PyTorch: all weights, or the adapters of PEFT.

Variants: `eager` and `compiled` with AdamW as it comes; `eager-fused` with AdamW's fused kernel;
for LoRA `all-linear` and `query-value` (eager, fused AdamW).
"""

import peer

FULL = ["eager", "eager-fused", "compiled"]
LORA = ["all-linear", "query-value"]
options = peer.arguments("full|lora", FULL + LORA)
if (options.variant in LORA) != (options.task == "lora"):
    raise SystemExit(f"{options.task} has no variant {options.variant}")

import classifier
import torch


def main() -> None:
    torch.set_num_threads(options.threads)
    texts, labels, count = peer.labelled(options.texts)
    targets = {"all-linear": "all-linear", "query-value": ["query", "value"]}
    model = classifier.load(options.model, count, targets.get(options.variant))
    rows = classifier.Rows(options.model, texts, labels)
    batches = [
        [rows[index] for index in range(start, min(start + options.batch, len(rows)))]
        for start in range(0, len(rows), options.batch)
    ]
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(
        trained,
        lr=peer.LEARNING_RATE,
        weight_decay=peer.WEIGHT_DECAY,
        fused=options.variant != "eager",
    )
    run = torch.compile(model, dynamic=True) if options.variant == "compiled" else model

    def steps(batches: list) -> None:
        for batch in batches:
            optimizer.zero_grad()
            run(**classifier.collate(batch))["loss"].backward()
            torch.nn.utils.clip_grad_norm_(trained, peer.MAXIMUM_NORM)
            optimizer.step()

    # Compiling goes on wherever a shape is new, so a compiled model sees all of them beforehand.
    steps(batches if options.variant == "compiled" else batches[: peer.WARM_UP_STEPS])
    elapsed = peer.seconds(lambda: steps(batches))
    tool, package = ("PEFT", "peft") if options.task == "lora" else ("PyTorch", "torch")
    peer.answer(options, tool, package, len(texts), elapsed, steps=len(batches))


main()
