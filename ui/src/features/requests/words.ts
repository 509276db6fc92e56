import { m } from "../../words/messages";

/** Statuses, steps and feedback are the program's own words and no list of a city. */
const statuses: Record<string, () => string> = {
  recorded: m.status_recorded,
  examined: m.status_examined,
  forwarded: m.status_forwarded,
  in_progress: m.status_in_progress,
  done: m.status_done,
  not_feasible: m.status_not_feasible,
  not_responsible: m.status_not_responsible,
  duplicate: m.status_duplicate,
  withdrawn: m.status_withdrawn,
};

/** A status of a newer version is shown as it is. */
export function sayStatus(status: string): string {
  return statuses[status]?.() ?? status;
}

export const STATUSES = Object.keys(statuses);

/** Nothing more will be done. */
export function isFinal(status: string): boolean {
  return ["done", "not_feasible", "not_responsible", "duplicate", "withdrawn"].includes(status);
}

/** Whether somebody asks why. */
export function needsReason(from: string, to: string): boolean {
  return ["not_feasible", "not_responsible", "withdrawn"].includes(to) || (isFinal(from) && !isFinal(to));
}

export function sayStep(step: string, whom: string | null): string {
  switch (step) {
    case "forwarded":
      return whom ? m.step_forwarded_to({ whom }) : m.step_forwarded();
    case "reminded":
      return whom ? m.step_reminded_whom({ whom }) : m.step_reminded();
    case "answered":
      return whom ? m.step_answered_by({ whom }) : m.step_answered();
    case "told":
      return m.step_told();
    default:
      return step;
  }
}

const feedbacks: Record<string, () => string> = {
  given: m.feedback_given,
  public_notice: m.feedback_public_notice,
  not_wanted: m.feedback_not_wanted,
  not_possible: m.feedback_not_possible,
};

export function sayFeedback(kind: string): string {
  return feedbacks[kind]?.() ?? kind;
}

export const FEEDBACKS = Object.keys(feedbacks);

/** The first sentence as the language divides it; what goes on with a small letter or a number was an abbreviation. */
function firstSentence(line: string): string {
  const segments = [...new Intl.Segmenter("de", { granularity: "sentence" }).segment(line)];
  let sentence = "";
  for (const [index, { segment }] of segments.entries()) {
    sentence += segment;
    const next = segments[index + 1]?.segment ?? "";
    const abbreviated = /(?:^|[\s(])\p{L}{1,4}\.\s*$/u.test(sentence) || /^[\d\p{Ll}]/u.test(next);
    if (sentence.trim().length >= 12 && !abbreviated) break;
  }
  return sentence.trim();
}

/** The first line of what is asked for, as long as a heading may be. */
export function titleOf(text: string): string {
  const line = text.trim().split("\n")[0] ?? "";
  const sentence = firstSentence(line);
  return sentence.length > 100 ? `${sentence.slice(0, 97).trimEnd()} …` : sentence;
}

/** How long a request took from the first to the last day. */
export function took(days: number): string {
  return days > 0 ? m.request_took({ count: days }) : m.request_same_day();
}
