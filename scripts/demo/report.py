"""What was seen of the main job, step by step."""

from dataclasses import dataclass, field

from protocol.wire import JsonObject

STEPS = {
    "upstream": "the offline provider listens",
    "initialize": "the server was spawned and answered `initialize`",
    "prompt": "`debug/buildPromptInput` answered with what a turn would send",
    "thread": "a thread was started",
    "attestation": "the server asked for an attestation, and was given a token",
    "stream": "an answer streamed in and was completed",
    "turn": "the turn was completed",
    "header": "the token reached the upstream in its envelope",
    "exit": "the server ended with exit code 0",
}


@dataclass(slots=True)
class Report:
    """Filled in while the job runs."""

    seen: list[str] = field(default_factory=list[str])
    troubles: list[str] = field(default_factory=list[str])
    """What went wrong, a line each."""
    server: str = ""
    prompt_input: list[JsonObject] = field(default_factory=list[JsonObject])
    thread_id: str = ""
    items: list[JsonObject] = field(default_factory=list[JsonObject])
    token: str = ""
    header: str | None = None
    """`x-oai-attestation` as the upstream saw it."""
    envelope: JsonObject | None = None
    """The same, decoded."""

    def saw(self, step: str) -> None:
        """Tick off a step of `STEPS`."""
        if step not in self.seen:
            self.seen.append(step)

    def went_wrong(self, error: Exception) -> None:
        """Note why a step was not seen, in a line of bearable length."""
        text = " ".join(str(error).split())
        self.troubles.append(text if len(text) <= 300 else text[:300] + "…")

    @property
    def missing(self) -> list[str]:
        """The steps that were not seen."""
        return [step for step in STEPS if step not in self.seen]

    def as_json(self) -> JsonObject:
        """For machines."""
        return {
            "ok": not self.missing,
            "server": self.server,
            "promptInput": list(self.prompt_input),
            "threadId": self.thread_id,
            "items": list(self.items),
            "attestation": {"token": self.token, "header": self.header, "envelope": self.envelope},
            "seen": list(self.seen),
            "missing": list(self.missing),
            "troubles": list(self.troubles),
        }
