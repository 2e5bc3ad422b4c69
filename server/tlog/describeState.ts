import { STOP_CAUSES } from "./LogStopped.ts";
import { type LogState, logProblem } from "./logState.ts";

/** How the log is, in lines for a terminal. */
export function describeState(state: LogState): { text: string; problem: string | undefined } {
  const { head, sequencer, keys, sinks } = state;
  const problem = logProblem(state);
  const lines = [
    head
      ? `log        ${head.size} leaves, signed ${head.signedAt}, root ${head.root}`
      : "log        nothing is signed yet",
    `waiting    ${state.waiting}${state.waitingSince ? `, since ${state.waitingSince}` : ""}`,
    `sequencer  ${sequencer.state} since ${sequencer.since}, last seen ${sequencer.seenAt}${sequencer.instance ? ` (${sequencer.instance})` : ""}`,
    ...(sequencer.problem ? [`           ${wordsFor(sequencer.problem)}`] : []),
    `strict     ${state.strict ? "on: a reveal waits for its checkpoint" : "off"}`,
    ...keys.map(
      ({ vkey, addedAt, endedAt, afterLoss }) =>
        `key        ${vkey}\n           since ${addedAt}${endedAt ? `, ended ${endedAt}` : ""}${afterLoss ? ", after a loss" : ""}`,
    ),
    ...sinks.map(
      (sink) =>
        `${sink.kind.padEnd(10)} ${sink.name}: ${sink.lastSize === null ? "nothing yet" : `${sink.lastSize} leaves, ${sink.deliveredAt}`}${sink.problem ? `; ${sink.failures} failures (${sink.problem})` : ""}`,
    ),
    problem ? `PROBLEM    ${problem}` : "well       the log goes on",
  ];
  return { text: lines.join("\n"), problem };
}

function wordsFor(problem: string): string {
  return Object.hasOwn(STOP_CAUSES, problem) ? STOP_CAUSES[problem as keyof typeof STOP_CAUSES] : problem;
}
