# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""GEM environments through rock.make of the unmodified SDK."""
import os
import unittest

import rock


class Gem(unittest.TestCase):
    def test_an_episode_of_sokoban(self):
        env = rock.make("game:Sokoban-v0-easy")
        observation, info = env.reset(seed=42)
        self.assertIn("Sokoban", observation)
        self.assertIn("P", info["suffix"])
        terminated, turns = False, 0
        while not terminated:
            observation, reward, terminated, truncated, info = env.step("random_action")
            turns += 1
            self.assertEqual(info["board"]["turn"], turns)
        self.assertLessEqual(turns, 20)
        self.assertIsInstance(reward, float)
        self.assertIsInstance(truncated, bool)
        env.close()

    def test_the_seed_says_how_it_starts(self):
        env = rock.make("game:Sudoku-v0-easy")
        first = env.reset(seed=7)
        self.assertEqual(env.reset(seed=7), first)
        self.assertNotEqual(env.reset(seed=8)[1]["board"], first[1]["board"])
        env.reset()
        env.close()

    @unittest.skipUnless(os.environ.get("GEM_PYTHON"), "the package gem is not there")
    def test_a_question_that_only_python_asks(self):
        env = rock.make("rg:letter_counting")
        first = env.reset(seed=7)
        self.assertIn("letter", first[0])
        self.assertEqual(env.reset(seed=7), first)
        observation, reward, terminated, truncated, info = env.step("\\boxed{3}")
        self.assertIsInstance(reward, float)
        self.assertTrue(terminated)
        self.assertTrue(truncated)
        env.close()

    def test_an_unknown_id_is_told(self):
        with self.assertRaises(Exception):
            rock.make("game:Sokobun-v0-easy")
