import { ZONE } from "../../kern/clock";
import type { ReportCell, ReportMonth, ReportTable } from "../../api/bindings";
import { m } from "../../words/messages";
import { getLocale } from "../../words/runtime";

function locale(): string {
  return getLocale() === "de" ? "de-DE" : "en-GB";
}

/** `1.234` */
export function sayCount(count: number): string {
  return new Intl.NumberFormat(locale()).format(count);
}

/** `12,50` from minutes: one under the other, and as a file writes it */
export function sayHours(minutes: number): string {
  return new Intl.NumberFormat(locale(), { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
    minutes / 60,
  );
}

/** `83 %`; nothing where the whole is empty. */
export function sayShare(of: number, whole: number): string {
  if (!whole) return "";
  return new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 }).format(of / whole);
}

export function sayCell(cell: ReportCell): string {
  switch (cell.is) {
    case "count":
      return sayCount(cell.count);
    case "hours":
      return sayHours(cell.minutes);
    case "share":
      return cell.whole
        ? m.report_share({ share: sayShare(cell.of, cell.whole), of: cell.of, whole: cell.whole })
        : "";
    case "words":
      return cell.words;
    case "moment":
      return new Intl.DateTimeFormat(locale(), {
        dateStyle: "medium",
        timeStyle: "short",
        timeZone: ZONE,
      }).format(new Date(cell.moment));
    case "nothing":
      return "";
  }
}

/** Nothing was counted here. */
export function isNothing(cell: ReportCell): boolean {
  switch (cell.is) {
    case "count":
      return cell.count === 0;
    case "hours":
      return cell.minutes === 0;
    case "share":
      return cell.whole === 0;
    case "words":
      return !cell.words;
    case "moment":
      return false;
    case "nothing":
      return true;
  }
}

export function tableOf(month: ReportMonth, id: string): ReportTable | undefined {
  return month.tables.find((table) => table.id === id);
}

/** A figure of the overview. */
export function figure(month: ReportMonth, id: string): ReportCell | undefined {
  return tableOf(month, "overview")?.rows.find((row) => row.head.id === id)?.cells[0];
}

export function countOf(month: ReportMonth, id: string): number {
  const cell = figure(month, id);
  return cell?.is === "count" ? cell.count : 0;
}

/** The figures alone, whatever language their titles are in: two that are equal say the same. */
export function fingerprint(month: ReportMonth): string {
  const figures = month.tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells));
  return JSON.stringify([month.month, figures.filter(({ is }) => is !== "words" && is !== "moment")]);
}

/** Whether a table has anything to show. */
export function isEmpty(table: ReportTable): boolean {
  return table.rows.every((row) => row.cells.every(isNothing));
}
