// Walks a table of attacks and measures what they do: to the hub, and to its other clients.
//
// An attack is a row `[name, what, outcome, { times, of }]`: what is sent, and what the hub has to say to it, word for word.
// It is carried out so many `times` and consists `of` so many parts; what each part costs is measured.

import assert from "node:assert/strict";
import os from "node:os";
import { after, before, describe, test } from "node:test";
import { within } from "../hub.mjs";
import { others, p99, seconds } from "./others.mjs";
import { answering, processorTime, resident, unmeasured } from "./process.mjs";
import { harmless, send } from "./wire.mjs";

/** Milliseconds of processor time that one part of an attack may cost the hub. */
const dear = 100;
/** MiB that may stay in use after attacks, and milliseconds that more may take to go. */
const kept = 50;
const settling = 10_000;
/** How many times longer others may wait than normally, and milliseconds that nobody minds: beside an attack, and beside crowds. */
const slower = 2;
const unnoticed = 50;
const crowded = 300;
/** Of how many rounds that is said, so that a moment in which the machine did something else does not count. */
const most = { rounds: 1 / 2, seconds: 4 / 5 };
/** Rounds in which others are watched, beside attacks and beside polite clients, and milliseconds of each. */
const rounds = 3;
const round = 500;
/** How often that is done at most: a machine that has other work to do is given another chance. */
const chances = 3;
/** Milliseconds between two attacks of one attacker. */
const pause = 5;
/** Milliseconds that an attack may take. */
const longest = 60_000;

const sleep = (milliseconds) => new Promise((later) => setTimeout(later, milliseconds));
const shown = (number) => number.toFixed(1);

/** Carries attacks out one after the other, each by a way of attacking; others are watched while all are carried out again. */
export function assault(title, way, attacks) {
  const attackers = attacks.map((row) => attacker(row, way));
  describe(title, () => {
    const scene = opened();
    for (const { name, carryOut } of attackers) test(name, carryOut);
    test("others are answered as fast as beside polite clients", async (t) => {
      const polite = inTurn([() => send(harmless)]);
      const hostile = inTurn(attackers.map(({ again }) => again));
      let chance = 0;
      let waits;
      do {
        const [normal, attacked] = [[], []];
        for (let time = 0; time < rounds; time++) {
          normal.push(await scene.watch(() => aRoundOf(polite)));
          attacked.push(await scene.watch(() => aRoundOf(hostile)));
        }
        waits = compared(t, normal, attacked, most.rounds, unnoticed);
      } while (!waits.good && ++chance < chances);
      assert.ok(waits.good, waits.said);
    });
    closing(scene, attackers);
  });
}

/**
 * Carries out attacks of many parts or of much time, each once, `together` or in turn; others are watched meanwhile, and may
 * be so `late`, in milliseconds.
 */
export function siege(title, attacks, { together = true, late = crowded } = {}) {
  const attackers = attacks.map((row) => attacker(row, (attack) => attack()));
  describe(title, () => {
    const scene = opened();
    const usual = {};
    const beside = {};
    describe("attacks", { concurrency: together ? attackers.length : 1 }, () => {
      let stop;
      before(async () => {
        usual.spent = unmeasured || processorTime();
        usual.answers = await scene.watch(() => sleep(2 * rounds * round));
        beside.spent = unmeasured || processorTime();
        stop = scene.others.ask();
      });
      after(async () => {
        beside.answers = await stop();
        if (unmeasured) return;
        // What the others cost is known from the time without attacks; the rest is shared among all that were carried out at once.
        const others = ((beside.spent - usual.spent) / usual.answers.length) * beside.answers.length;
        const cost = Math.max(0, processorTime() - beside.spent - others) / attackers.reduce((sum, { of }) => sum + of, 0);
        if (together) for (const one of attackers) one.cost = cost;
      });
      for (const { name, carryOut } of attackers) test(name, carryOut);
    });
    test("others are answered as fast as before", (t) => {
      const waits = compared(t, seconds(usual.answers), seconds(beside.answers), most.seconds, late);
      assert.ok(waits.good, waits.said);
    });
    closing(scene, attackers);
  });
}

/** One thing after the other, without an end. */
function* inTurn(things) {
  for (;;) yield* things;
}

/** Does what is next for a round. */
async function aRoundOf(things) {
  const end = Date.now() + round;
  while (Date.now() < end) {
    await things.next().value();
    await sleep(pause);
  }
}

function attacker([name, what, outcome, { times = 10, of = 1 } = {}], way) {
  const one = {
    name,
    of,
    again: () => within(way(what), name, round).catch(() => {}), // What comes of it has been seen.
    async carryOut() {
      const spent = unmeasured || processorTime();
      for (let time = 0; time < times; time++) assert.equal(await within(way(what), name, longest), outcome);
      if (!unmeasured) one.cost = (processorTime() - spent) / times / of;
    },
  };
  return one;
}

/** Looks at the hub before attacks begin. */
function opened() {
  const scene = {};
  before(async () => {
    scene.others = await others();
    // Attackers have machines of their own; here they must not take the processors from the hub and its other clients.
    os.setPriority(os.constants.priority.PRIORITY_LOW);
    scene.watch = async (meanwhile) => {
      const stop = scene.others.ask();
      await meanwhile();
      return stop();
    };
    await scene.watch(() => sleep(round)); // So that nothing is done for the first time later.
    scene.answering = await answering();
    scene.resident = unmeasured || resident();
  });
  after(() => scene.others.close());
  return scene;
}

function compared(t, normal, attacked, share, late) {
  const [usual, beside] = [p99(normal, share), p99(attacked, share)];
  const said = `one in a hundred waits ${shown(usual)} ms normally and ${shown(beside)} ms beside attacks`;
  t.diagnostic(said);
  return { said, good: beside <= Math.max(slower * usual, late) };
}

/** Looks at the hub when attacks are over. */
function closing(scene, attackers) {
  test(`none costs the hub ${dear} ms of processor time`, { skip: unmeasured }, (t) => {
    const measured = attackers.filter(({ cost }) => cost !== undefined).sort((one, other) => other.cost - one.cost);
    const said = measured.map(({ name, cost }) => `${shown(cost)} ms: ${name}`);
    t.diagnostic(`the dearest: ${said.slice(0, 3).join("; ")}`);
    assert.deepEqual(said.slice(0, measured.filter(({ cost }) => cost >= dear).length), []);
  });
  test(`${kept} MiB of memory at most are kept`, { skip: unmeasured }, async (t) => {
    const end = Date.now() + settling;
    const grown = () => resident() - scene.resident;
    const first = grown();
    while (grown() > kept && Date.now() < end) await sleep(200);
    const said = `${shown(grown())} MiB more than ${shown(scene.resident)}, ${shown(first)} at first`;
    t.diagnostic(said);
    assert.ok(grown() <= kept, said);
  });
  test("the same process answers", async () => assert.equal(await answering(), scene.answering));
}
