# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The GEM API and the episodes of a test's server."""
import json

OWN = "/api/quarry/v1"


class Gem:
    def __init__(self, server):
        self.server = server

    def ask(self, method, path, body=None):
        """(status, answer)"""
        status, data = self.server.call(method, path, body)
        return status, json.loads(data)

    def post(self, route, **body):
        status, answer = self.ask("POST", "/apis/v1/envs/gem" + route, body)
        assert status == 200, (route, status, answer)
        return answer

    def own(self, method, path, body=None, status=200):
        got, answer = self.ask(method, OWN + path, body)
        assert got == status, (path, got, answer)
        return answer

    def make(self, env_id="game:GuessTheNumber-v0-hard", **more):
        return self.post("/make", env_id=env_id, **more)["sandbox_id"]

    def play(self, env, steps, action="random_action", seed=1):
        """The answers of at most STEPS steps."""
        self.post("/reset", sandbox_id=env, seed=seed)
        answers = []
        while len(answers) < steps and not (answers and answers[-1]["terminated"]):
            answers.append(self.post("/step", sandbox_id=env, action=action))
        return answers
