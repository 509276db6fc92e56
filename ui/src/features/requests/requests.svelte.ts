import {
  commands,
  type Request,
  type RequestRow,
  type RequestsPage,
  type RequestsShow,
} from "../../api/bindings";
import { Records } from "../../api/records.svelte";

/** The list of requests, and the one that is open. */
export class Requests extends Records<RequestRow, RequestsPage, Request> {
  show = $state<RequestsShow>("open");
  status = $state("");
  mine = $state(false);
  newestFirst = $state(false);

  /** Something is left out by what was chosen. */
  readonly narrowed = $derived(
    !!this.query.trim() || !!this.status || !!this.district || this.mine || this.show !== "all",
  );

  protected list(limit: number) {
    return commands.requests({
      show: this.show,
      status: this.status || null,
      district: this.district || null,
      mine: this.mine,
      query: this.query.trim(),
      newest_first: this.newestFirst,
      limit,
    });
  }

  protected begun() {
    return commands.requestDrafts();
  }

  protected one(id: string) {
    return commands.request(id);
  }
}
