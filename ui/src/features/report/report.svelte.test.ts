import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { commands, type ReportSpan } from "../../api/bindings";
import { overwriteGetLocale } from "../../words/runtime";
import { ALL, Report } from "./report.svelte";

const span: ReportSpan = { first: "2026-08", last: "2026-10", today: "2026-11", districts: [] };

beforeEach(() => {
  overwriteGetLocale(() => "de");
  vi.spyOn(commands, "reportMonth").mockImplementation(({ month }) =>
    Promise.resolve({ status: "ok", data: { month, records: 0, tables: [] } }),
  );
  there(span);
});
afterEach(() => vi.restoreAllMocks());

function there(data: ReportSpan) {
  vi.spyOn(commands, "reportSpan").mockResolvedValue({ status: "ok", data });
}

it("opens with the last month there is, and stays there whatever comes in", async () => {
  const report = new Report();
  await report.open(undefined);
  expect(report.month).toBe("2026-10");
  there({ ...span, last: "2026-11" });
  await report.look();
  await report.open(undefined);
  expect(report.month).toBe("2026-10");
  expect(report.months).toContain("2026-11");
});

it("comes back from another view with the month and districts that were shown", async () => {
  await new Report().open("2026-09 mine");
  const back = new Report();
  await back.open(undefined);
  expect([back.month, back.choice]).toEqual(["2026-09", "mine"]);
  await back.open("2026-08");
  expect([back.month, back.choice]).toEqual(["2026-08", ALL]);
});

it("goes into no month that has not begun, and says which one runs", async () => {
  const report = new Report();
  await report.open("2026-10");
  expect([report.hasNext, report.isRunning]).toEqual([true, false]);
  await report.open("2026-11");
  expect([report.hasNext, report.isRunning]).toEqual([false, true]);
});
