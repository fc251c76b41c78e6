/**
 * Owns reading a list of units and people: a line is a unit, a person, or a person's post in a unit. Lines change what they name and leave
 * the rest; all complaints of all lines are told. Pure. Rules: [DIR4] [DIR5] [DIR10].
 */
import { because, type Reason } from '@ganwei/core/reason';
import type { DirectoryWords } from '@ganwei/release/directory';
import { ACTING } from '../catalogue/directory.ts';
import {
  attributeValue,
  CODE,
  type Column,
  columnsOf,
  type Field,
  FLAGS,
  keyOf,
  listOf,
  MAIN,
  NOTHING,
  USERNAME,
  yesOrNo,
} from './columns.ts';
import { type Complaint, judge, wordFault } from './judge.ts';
import type { Change, Organisation, Person, Post, Unit } from './organisation.ts';

/** One line as it stands in the file: `sheet` is empty where there is but one. */
export interface Line {
  sheet: string;
  line: number;
  cells: ReadonlyMap<string, string>;
}

export interface Problem {
  sheet: string;
  line: number;
  reason: Reason;
}

export interface Reading {
  change: Change;
  problems: Problem[];
  /** where each changed unit and person is written first */
  places: ReadonlyMap<string, Line>;
}

export function readLines(lines: readonly Line[], before: Organisation, words: DirectoryWords | undefined): Reading {
  const reader = new Reader(before, words);
  const columns = columnsOf(words);
  for (const line of lines) reader.take(line, columns);
  return reader.conclude();
}

/** What the title lines say of columns that nobody knows; nothing is guessed about them. */
export function titleProblems(titles: readonly Line[], words: DirectoryWords | undefined): Problem[] {
  const known = columnsOf(words).map(({ title }) => ({ key: title, title }));
  return titles.flatMap(({ sheet, line, cells }) => {
    const names = [...cells.values()];
    const reasons = names.map((name) => wordFault('directory.what.column', name, known));
    if (!names.includes(CODE) && !names.includes(USERNAME))
      reasons.push(because('list.titles', { unit: CODE, person: USERNAME }));
    return reasons.flatMap((reason) => (reason ? [{ sheet, line, reason }] : []));
  });
}

type Wanted<T> = { -readonly [K in keyof T]: T[K] };

class Reader {
  readonly #before: Organisation;
  readonly #words: DirectoryWords | undefined;
  readonly #units = new Map<string, Wanted<Unit>>();
  readonly #people = new Map<string, Wanted<Person>>();
  readonly #ids: Map<string, string>;
  readonly #problems: Problem[] = [];
  /** `unit/rcb`, `person/lina`, `post/lina/rcb` -> the line it is written in first */
  readonly #places = new Map<string, Line>();
  /** what a line has said of a field already: `unit/rcb/name` -> text and line */
  readonly #said = new Map<string, { text: string; line: Line }>();

  constructor(before: Organisation, words: DirectoryWords | undefined) {
    this.#before = before;
    this.#words = words;
    this.#ids = new Map([...before.people.values()].map((person) => [person.username, person.id]));
  }

  take(line: Line, columns: readonly Column[]): void {
    const code = line.cells.get(CODE) ?? '';
    const username = line.cells.get(USERNAME) ?? '';
    if (!code && !username) {
      this.#complain(line, because('list.nobody'));
      return;
    }
    for (const { title, field } of columns) {
      const text = line.cells.get(title) ?? '';
      if (text === '') continue;
      if (field.is === 'id' || field.is === 'username') continue;
      if (field.of === 'unit' && code) this.#unitCell(line, this.#unit(line, code), title, field, text);
      if (field.of === 'unit' && !code) this.#complain(line, because('list.no-unit', { column: title }));
      if (field.of === 'person' && username) this.#personCell(line, this.#person(line, username), title, field, text);
      if (field.of === 'person' && !username) this.#complain(line, because('list.no-person', { column: title }));
      if (field.of === 'post' && username && code) this.#postCell(line, username, code, title, field, text);
      if (field.of === 'post' && !(username && code)) this.#complain(line, because('list.no-post', { column: title }));
    }
    if (username && code) this.#post(line, username, code);
    else if (username) this.#person(line, username);
    else this.#unit(line, code);
  }

  conclude(): Reading {
    for (const person of this.#people.values()) this.#settleMain(person);
    const change = { units: this.#units, people: this.#people };
    for (const complaint of judge(this.#before, change, this.#words))
      this.#complain(this.#placeOf(complaint), complaint.reason);
    const order = new Map(
      this.#problems.map((problem) => [problem, `${problem.sheet}\n${String(problem.line).padStart(9)}`]),
    );
    const problems = [...this.#problems].sort((a, b) => (order.get(a)! < order.get(b)! ? -1 : 1));
    return { change, problems, places: this.#places };
  }

  #unit(line: Line, code: string): Wanted<Unit> {
    const known = this.#units.get(code);
    if (known) return known;
    const wanted = { ...(this.#before.units.get(code) ?? newUnit(code)) };
    this.#units.set(code, wanted);
    this.#places.set(`unit/${code}`, line);
    return wanted;
  }

  #unitCell(line: Line, unit: Wanted<Unit>, title: string, field: Field, text: string): void {
    if (this.#contradicts(line, `unit/${unit.id}/${title}`, unit.id, title, text)) return;
    if (field.is === 'name') {
      if (unit.shortName === '' || unit.shortName === unit.name) unit.shortName = text;
      unit.name = text;
    }
    if (field.is === 'shortName') unit.shortName = text;
    if (field.is === 'parent') unit.parent = text === NOTHING ? null : text;
    if (field.is === 'kind') unit.kind = keyOf(text, this.#words?.unitKinds);
    if (field.is === 'level') unit.level = keyOf(text, this.#words?.levels);
    if (field.is === 'active') unit.active = this.#flag(line, title, FLAGS.unit, text);
    if (field.is === 'relation') unit.relations = { ...unit.relations, [field.key]: text === NOTHING ? '' : text };
    if (field.is === 'attribute') unit.attributes = withAttribute(unit.attributes, field, text);
  }

  #person(line: Line, username: string): Wanted<Person> {
    const id = this.#ids.get(username) ?? username;
    this.#ids.set(username, id);
    const known = this.#people.get(id);
    if (known) return known;
    const before = this.#before.people.get(id);
    const wanted: Wanted<Person> = before
      ? { ...before }
      : { id, username, name: '', active: true, attributes: {}, posts: [] };
    this.#people.set(id, wanted);
    this.#places.set(`person/${id}`, line);
    return wanted;
  }

  #personCell(line: Line, person: Wanted<Person>, title: string, field: Field, text: string): void {
    if (this.#contradicts(line, `person/${person.id}/${title}`, person.username, title, text)) return;
    if (field.is === 'name') person.name = text;
    if (field.is === 'active') person.active = this.#flag(line, title, FLAGS.person, text);
    if (field.is === 'attribute') person.attributes = withAttribute(person.attributes, field, text);
  }

  /** The post of this line; made when the person has none in the unit. */
  #post(line: Line, username: string, code: string): Wanted<Post> {
    const person = this.#person(line, username);
    const place = `post/${person.id}/${code}`;
    const known = person.posts.find((post) => post.unit === code);
    if (known && this.#places.has(place)) return known;
    const post = { ...(known ?? newPost(code)) };
    person.posts = known ? person.posts.map((one) => (one === known ? post : one)) : [...person.posts, post];
    this.#places.set(place, line);
    return post;
  }

  #postCell(line: Line, username: string, code: string, title: string, field: Field, text: string): void {
    const post = this.#post(line, username, code);
    if (this.#contradicts(line, `post/${username}/${code}/${title}`, username, title, text)) return;
    const given = text === NOTHING ? '' : text;
    const roles = () => listOf(text, this.#words?.roles).map((role) => keyOf(role, this.#words?.roles));
    if (field.is === 'title') post.title = given;
    if (field.is === 'from') post.from = given;
    if (field.is === 'to') post.to = given;
    if (field.is === 'main') post.main = this.#flag(line, title, FLAGS.post, text);
    if (field.is === 'roles') post.roles = [...roles(), ...post.roles.filter((role) => role.startsWith(ACTING))];
    if (field.is === 'acting')
      post.roles = [...post.roles.filter((role) => !role.startsWith(ACTING)), ...roles().map((role) => ACTING + role)];
    if (field.is === 'attribute') post.attributes = withAttribute(post.attributes, field, text);
  }

  /** A main post of the file takes the place of the one before; who has none gets the first. Two in the file are told by the judge. */
  #settleMain(person: Wanted<Person>): void {
    const written = (post: Post) => this.#said.get(`post/${person.username}/${post.unit}/${MAIN}`) !== undefined;
    if (person.posts.some((post) => post.main && written(post)))
      person.posts = person.posts.map((post) => (written(post) ? post : { ...post, main: false }));
    else if (!person.posts.some((post) => post.main))
      person.posts = person.posts.map((post, index) => ({ ...post, main: index === 0 }));
  }

  #flag(line: Line, column: string, [yes, no]: readonly [string, string], text: string): boolean {
    const value = yesOrNo(text);
    if (value === null) this.#complain(line, because('list.yes-no', { column, yes, no }));
    return value ?? true;
  }

  /** Two lines of one file that say different things of one field. */
  #contradicts(line: Line, field: string, of: string, column: string, text: string): boolean {
    const earlier = this.#said.get(field);
    if (!earlier) this.#said.set(field, { text, line });
    if (!earlier || earlier.text === text) return false;
    const { sheet, line: number } = earlier.line;
    const where = { of, column, line: number, sheet };
    this.#complain(line, because(sheet === line.sheet ? 'list.differs' : 'list.differs-sheet', where));
    return true;
  }

  #placeOf({ of, id, field }: Complaint): Line {
    const index = /^posts\.(\d+)/.exec(field)?.[1];
    const post = index === undefined ? undefined : this.#people.get(id)?.posts[Number(index)];
    return (post && this.#places.get(`post/${id}/${post.unit}`)) ?? this.#places.get(`${of}/${id}`)!;
  }

  #complain({ sheet, line }: Line, reason: Reason): void {
    this.#problems.push({ sheet, line, reason });
  }
}

const newUnit = (id: string): Unit => ({
  id,
  name: '',
  shortName: '',
  parent: null,
  kind: '',
  level: '',
  active: true,
  attributes: {},
  relations: {},
});

const newPost = (unit: string): Post => ({ unit, title: '', roles: [], main: false, from: '', to: '', attributes: {} });

function withAttribute(
  values: Readonly<Record<string, unknown>>,
  field: Extract<Field, { is: 'attribute' }>,
  text: string,
): Readonly<Record<string, unknown>> {
  const { [field.key]: _before, ...others } = values;
  return text === NOTHING ? others : { ...others, [field.key]: attributeValue(field.attribute, text) };
}
