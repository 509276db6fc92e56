import type { BookAlike, BookLeft, BookLeftWhat, BookShared, BookSkipped, BookWhy } from "../../api/bindings";
import { m } from "../../words/messages";

const shared: Record<BookShared, () => string> = {
  email: m.book_same_email,
  phone: m.book_same_phone,
  name: m.book_same_name,
};

export function sayAlike({ name, in_file, shared: both }: BookAlike): string {
  const said = { name, shared: both.map((each) => shared[each]()).join(", ") };
  return in_file ? m.book_alike_file(said) : m.book_alike(said);
}

const left: Record<BookLeftWhat, (inputs: { found: string }) => string> = {
  photo: m.book_left_photo,
  birthday: m.book_left_birthday,
  note: m.book_left_note,
  address: m.book_left_address,
  fax: m.book_left_fax,
  link: m.book_left_link,
  cut: m.book_left_cut,
  email: m.book_left_email,
  phone: m.book_left_phone,
};

export function sayLeft(all: BookLeft[]): string {
  return m.book_left_out({ what: all.map(({ what, found }) => left[what]({ found })).join(", ") });
}

const whys: Record<BookWhy, (inputs: { place: number }) => string> = {
  no_name: m.book_skipped_no_name,
  group: m.book_skipped_group,
  twice: m.book_skipped_twice,
};

export function saySkipped({ place, why }: BookSkipped): string {
  return whys[why]({ place });
}
