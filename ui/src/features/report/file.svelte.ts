import {
  commands,
  events,
  type FileContent,
  type FileFormat,
  type FileWritten,
  type ReportMonth,
  type ReportWish,
  type Trouble,
} from "../../api/bindings";
import { sentence } from "../../api/trouble";
import { say } from "../../kern/said.svelte";
import { m } from "../../words/messages";
import { fingerprint } from "./figures";

function scopeOf({ month, districts }: ReportWish): string {
  return [month, ...districts].join(" ");
}

type Stage =
  | { is: "idle" }
  | { is: "running"; read: number; of: number; stopping: boolean }
  | { is: "written"; file: FileWritten; isOld: boolean }
  | { is: "stopped" }
  | { is: "failed"; trouble: Trouble };

/** The one export there is. It goes on when its view is left, and then says in the window's line how it ended. */
class MonthFile {
  stage = $state.raw<Stage>({ is: "idle" });
  /** Why the file could not be shown in its folder. */
  unseen = $state<Trouble>();
  /** Its view is there to tell. */
  watched = false;
  /** What the file was asked for, and the figures it holds. */
  #of = "";
  #figures: string | undefined;

  get running(): boolean {
    return this.stage.is === "running";
  }

  async write(
    report: ReportWish,
    format: FileFormat,
    content: FileContent,
    withTexts: boolean,
    askWhere: boolean,
  ) {
    if (this.running) return;
    this.unseen = undefined;
    this.stage = { is: "running", read: 0, of: 0, stopping: false };
    this.#of = scopeOf(report);
    this.#figures = undefined;
    const heard = events.exporting.listen(({ payload }) => {
      if (this.stage.is === "running") this.stage = { ...this.stage, ...payload };
    });
    const answer = await commands.exportReport({
      report,
      format,
      content,
      with_texts: withTexts,
      ask_where: askWhere,
    });
    void heard.then((end) => end());
    if (answer.status === "error") this.stage = { is: "failed", trouble: answer.error };
    else if (answer.data.how === "stopped") this.stage = { is: "stopped" };
    else this.stage = { is: "written", file: answer.data.file, isOld: false };
    if (!this.watched) this.#tell();
  }

  /** These figures are shown: a file of others is no longer told about, an older one is told to be older. */
  beside(report: ReportWish, shown: ReportMonth | undefined) {
    if (this.stage.is !== "written" || !shown || shown.month !== report.month) return;
    if (this.#of !== scopeOf(report)) this.close();
    else if (this.#figures === undefined) this.#figures = fingerprint(shown);
    else if (!this.stage.isOld && this.#figures !== fingerprint(shown))
      this.stage = { ...this.stage, isOld: true };
  }

  stop() {
    if (this.stage.is !== "running") return;
    this.stage = { ...this.stage, stopping: true };
    void commands.stopExport();
  }

  async show() {
    const answer = await commands.showExport();
    this.unseen = answer.status === "error" ? answer.error : undefined;
  }

  close() {
    if (!this.running) this.stage = { is: "idle" };
  }

  #tell() {
    if (this.stage.is === "written") say(m.report_written_short({ name: this.stage.file.name }));
    else if (this.stage.is === "failed") say(sentence(this.stage.trouble.code));
  }
}

export const monthFile = new MonthFile();
