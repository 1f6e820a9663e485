# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One environment of the package `gem`, spoken to over pipes: a JSON object a line, one answer to each.

  {"call": "make", "id": …, "parameters": {…}}  -> {"version": …}
  {"call": "reset", "seed": null | number}      -> {"observation", "info"}
  {"call": "step", "action": …}                 -> {"observation", "reward", "terminated", "truncated", "info"}
  {"call": "sample"}                            -> {"action"}
An exception is answered as {"error": its type, "detail": its text}, and the next call is read."""
import json
import math
import os
import random
import re
import sys
import traceback

ANSWER_BYTES = 32 << 20
DETAIL_LETTERS = 4000
DEPTH = 64  # of info; what lies deeper is told as text
WHOLE = 1 << 63  # numbers from here on are told as text

# What the package prints or reads must not reach the line of calls and answers.
calls = os.fdopen(os.dup(0), "rb")
answers = os.fdopen(os.dup(1), "wb")
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
os.dup2(2, 1)


class UnknownEnvironment(Exception):
    """No id of the registry."""


class UnusableAnswer(Exception):
    """The environment gave something that no answer can carry."""


def as_text(value, write=str):
    try:
        return str(write(value))
    except Exception as fault:
        return f"<{type(value).__name__} without a text: {type(fault).__name__}>"


def unwrapped(value):
    """The Python number in a numpy scalar."""
    return value.item() if hasattr(value, "dtype") and getattr(value, "shape", None) == () else value


def plain(value, within=()):
    """VALUE as JSON can carry it; what it cannot carry becomes its repr."""
    value = unwrapped(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int) and -WHOLE <= value < WHOLE:
        return int(value)
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    if id(value) in within or len(within) >= DEPTH:
        return as_text(value, repr)
    within += (id(value),)
    if isinstance(value, dict):
        return {key if isinstance(key, str) else as_text(key): plain(part, within) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part, within) for part in value]
    if hasattr(value, "dtype") and hasattr(value, "tolist"):
        return plain(value.tolist(), within)
    return as_text(value, repr)


def number_of(reward):
    try:
        number = float(unwrapped(reward))
    except (TypeError, ValueError, OverflowError) as fault:
        raise UnusableAnswer(f"the reward is no number: {as_text(reward, repr)[:200]}") from fault
    if not math.isfinite(number):
        raise UnusableAnswer(f"the reward is {number}, which nobody can learn from")
    return number


def info_of(info):
    return plain(info) if isinstance(info, dict) else {} if info is None else {"info": plain(info)}


def boxed(action):
    """ACTION as its own game reads it: GEM gives some without a box, and some in brackets inside it."""
    found = re.fullmatch(r"(?s)\s*\\boxed\{(.*)\}\s*", action)
    inside = found.group(1) if found else action
    if re.fullmatch(r"(?s)\[.*\]", inside):
        inside = inside[1:-1]
    elif not found and "\\boxed{" in action:
        return action
    return "\\boxed{" + inside + "}"


class Bridge:
    def __init__(self):
        self.environment = None
        self.sampling = random.Random().getstate()

    def made(self):
        if self.environment is None:
            raise UnusableAnswer("no environment has been made")
        return self.environment

    def registry(self):
        import gem  # here, so that a package that cannot be loaded is an answer
        from gem.envs.registration import ENV_REGISTRY
        return gem, ENV_REGISTRY

    def make(self, call):
        gem, known = self.registry()
        if call["id"] not in known:
            raise UnknownEnvironment(f"the installed gem has no environment {call['id']}")
        self.environment = gem.make(call["id"], **call["parameters"])
        return {"version": as_text(getattr(gem, "__version__", ""))}

    def reset(self, call):
        observation, info = self.made().reset(seed=call["seed"])
        return {"observation": as_text(observation), "info": info_of(info)}

    def step(self, call):
        observation, reward, terminated, truncated, info = self.made().step(call["action"])
        return {"observation": as_text(observation), "reward": number_of(reward), "terminated": bool(terminated),
                "truncated": bool(truncated), "info": info_of(info)}

    def sample(self, _call):
        """Draws from a state of its own: an episode depends on its seed and actions alone."""
        episode = random.getstate()
        random.setstate(self.sampling)
        try:
            return {"action": boxed(as_text(self.made().sample_random_action()))}
        finally:
            self.sampling = random.getstate()
            random.setstate(episode)


def answer_to(bridge, line):
    try:
        call = json.loads(line)
        answer = json.dumps(getattr(bridge, call["call"])(call), allow_nan=False)
        if len(answer) > ANSWER_BYTES:
            raise UnusableAnswer(f"the answer is longer than {ANSWER_BYTES >> 20} MB")
    except BaseException as fault:  # SystemExit and KeyboardInterrupt are the package's too
        print_trace()
        detail = as_text(fault)[:DETAIL_LETTERS] or "no further text"
        answer = json.dumps({"error": type(fault).__name__, "detail": detail})
    return answer.encode("ascii")


def print_trace():
    try:
        traceback.print_exc(limit=-4)
    except Exception:
        pass


def main():
    bridge = Bridge()
    for line in calls:
        answers.write(answer_to(bridge, line) + b"\n")
        answers.flush()


if __name__ == "__main__":
    main()
