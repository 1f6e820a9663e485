# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""gempeer.py ID < EPISODES: plays the episodes of quarry-gembench in the real GEM, at most SECONDS of processor time.

Prints a line of JSON: steps and resets a second, and for how many episodes the rewards were the same."""
import json
import sys
import time

import gem

SECONDS = 4


def main():
    environment = gem.make(sys.argv[1])
    steps, stepping, resets, resetting, same, other = 0, 0.0, 0, 0.0, 0, 0
    for line in sys.stdin:
        episode = json.loads(line)
        began = time.thread_time()
        environment.reset(seed=episode["seed"])
        resetting += time.thread_time() - began
        resets += 1
        rewards = []
        began = time.thread_time()
        for action in episode["actions"]:
            rewards.append(environment.step(action)[1])
        stepping += time.thread_time() - began
        steps += len(rewards)
        if abs(sum(rewards) - episode["reward"]) < 1e-9:
            same += 1
        else:
            other += 1
        if stepping + resetting > SECONDS:
            break
    print(json.dumps({"steps_with_text_per_second": steps / stepping, "resets_per_second": resets / resetting,
                      "same": same, "other": other}))


if __name__ == "__main__":
    main()
