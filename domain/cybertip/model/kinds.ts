import type { SchemaVersion } from "./versions.ts";

/**
 * The pieces of which the model of the CyberTipline schema is made. The model is data: TypeScript types
 * (`ValueOf`, `DraftOf`), the serialiser, the reader, the validator and forms are all derived from it.
 *
 * A value of a complex type is one object: its attributes, its elements and, where it holds text, `value`.
 */
export type SimpleType =
  | TextType
  | EnumerationType<string>
  | BooleanType
  | PresenceType
  | IntegerType
  | LongType
  | DoubleType
  | DateType
  | DateTimeType;

/** What the service's documentation asks of a text beyond its being one. */
export type TextFormat = "url" | "email" | "ip" | "token";

export interface TextType {
  readonly kind: "text";
  readonly base: "string" | "token";
  /** Longest text in UTF-16 code units, from the documentation; null where it names none. */
  readonly max: number | null;
  readonly format: TextFormat | null;
  /** The schema's own pattern, to be matched in full. */
  readonly pattern: string | null;
  /** Whether other people match on it byte for byte, so that no character may be replaced. */
  readonly exact: boolean;
  /** Whether people write several lines in it. */
  readonly long: boolean;
}
export interface EnumerationType<Value extends string> {
  readonly kind: "enumeration";
  readonly name: string;
  readonly values: readonly Value[];
  /** What to call the values where they do not speak for themselves. */
  readonly labels: Readonly<Record<string, string>>;
}
export interface BooleanType {
  readonly kind: "boolean";
}
/** An empty element that says yes by being there. "No" is said by leaving it out. */
export interface PresenceType {
  readonly kind: "presence";
}
export interface IntegerType {
  readonly kind: "int";
  /** Bounds from the documentation. */
  readonly min: number;
  readonly max: number;
}
/** A whole number of 64 bits, held as a string of digits. */
export interface LongType {
  readonly kind: "long";
}
export interface DoubleType {
  readonly kind: "double";
  /** Beyond this in either direction it makes no sense. */
  readonly bound: number;
}
export interface DateType {
  readonly kind: "date";
}
export interface DateTimeType {
  readonly kind: "dateTime";
}

export type Content = "sequence" | "all" | "choice" | "empty" | SimpleType;

export interface ComplexType<
  Attributes extends Fields = Fields,
  Elements extends Fields = Fields,
  Body extends Content = Content,
> {
  readonly kind: "complex";
  /** The name of the schema's type, or of the element where the type has none. Rules are hung on it. */
  readonly name: string;
  readonly content: Body;
  readonly attributes: Attributes;
  readonly elements: Elements;
}

export type AnyType = SimpleType | ComplexType;

export interface About {
  /** What forms and messages call it. */
  readonly label: string;
  /** One or two plain sentences for whoever fills it in. */
  readonly help: string;
  /** The version of the schema that brought it. */
  readonly since?: SchemaVersion;
  /** Only one of the fields of a type with the same mark may be there. */
  readonly exclusive?: string;
  /** The schema has it, the documentation no longer does: it is read and written, and warned of. */
  readonly legacy?: boolean;
  /** A text of white space alone is refused by the service. */
  readonly notBlank?: boolean;
  /** It names a moment that must lie in the past. */
  readonly past?: boolean;
}

export interface Field<
  Type extends AnyType = AnyType,
  Min extends 0 | 1 = 0 | 1,
  Many extends boolean = boolean,
> extends About {
  readonly type: Type;
  readonly min: Min;
  /** Whether there may be any number of them; otherwise one. */
  readonly many: Many;
}

export interface Fields {
  readonly [name: string]: Field;
}

export function one<T extends AnyType>(type: T, about: About): Field<T, 1, false> {
  return { type, min: 1, many: false, ...about };
}
export function maybe<T extends AnyType>(type: T, about: About): Field<T, 0, false> {
  return { type, min: 0, many: false, ...about };
}
export function anyNumber<T extends AnyType>(type: T, about: About): Field<T, 0, true> {
  return { type, min: 0, many: true, ...about };
}
export function oneOrMore<T extends AnyType>(type: T, about: About): Field<T, 1, true> {
  return { type, min: 1, many: true, ...about };
}

/** A complex type. Its attributes and elements share one object, so no name may be both. */
export function complex<A extends Fields, E extends Fields, B extends Content>(
  name: string,
  content: B,
  parts: { attributes: A; elements: E },
): ComplexType<A, E, B> {
  const twice = Object.keys(parts.attributes).filter((key) => key in parts.elements || key === "value");
  if (twice.length > 0) throw new Error(`${name}: ${twice.join(", ")} is attribute and element at once`);
  return { kind: "complex", name, content, attributes: parts.attributes, elements: parts.elements };
}
export function sequence<E extends Fields>(name: string, elements: E) {
  return complex(name, "sequence", { attributes: {}, elements });
}

export function text(
  about: Partial<Omit<TextType, "kind" | "base" | "format">> & { format?: TextFormat } = {},
): TextType {
  return {
    kind: "text",
    base: about.format === "token" ? "token" : "string",
    max: about.max ?? null,
    format: about.format ?? null,
    pattern: about.pattern ?? null,
    exact: about.exact ?? (about.format !== undefined || about.pattern != null),
    long: about.long ?? false,
  };
}
export function enumeration<const V extends string>(
  name: string,
  values: readonly V[],
  labels: Readonly<Record<string, string>> = {},
): EnumerationType<V> {
  return { kind: "enumeration", name, values, labels };
}
export const BOOLEAN: BooleanType = { kind: "boolean" };
export const PRESENCE: PresenceType = { kind: "presence" };
export const LONG: LongType = { kind: "long" };
export const DATE: DateType = { kind: "date" };
export const DATE_TIME: DateTimeType = { kind: "dateTime" };
export const LONG_TEXT = text({ long: true });

export function integer(min: number, max: number): IntegerType {
  return { kind: "int", min, max };
}

type SimpleValue<T> =
  T extends EnumerationType<infer V>
    ? V
    : T extends TextType | LongType | DateType | DateTimeType
      ? string
      : T extends BooleanType
        ? boolean
        : T extends PresenceType
          ? true
          : T extends IntegerType | DoubleType
            ? number
            : never;

type Needed<F extends Fields> = { [K in keyof F as F[K]["min"] extends 1 ? K : never]: F[K] };
type Optional<F extends Fields> = { [K in keyof F as F[K]["min"] extends 1 ? never : K]: F[K] };
type FieldValue<F> =
  F extends Field<infer T, 0 | 1, infer Many>
    ? Many extends true
      ? readonly ValueOf<T>[]
      : ValueOf<T>
    : never;
type FieldsValue<F extends Fields> = { readonly [K in keyof Needed<F>]: FieldValue<F[K & keyof F]> } & {
  readonly [K in keyof Optional<F>]?: FieldValue<F[K & keyof F]>;
};
type Flat<T> = { readonly [K in keyof T]: T[K] };

/** The TypeScript type of what a type of the model holds. */
export type ValueOf<T> =
  T extends ComplexType<infer A, infer E, infer B>
    ? B extends SimpleType
      ? Flat<FieldsValue<A> & { value: SimpleValue<B> }>
      : B extends "choice"
        ? Flat<{ [K in keyof E]?: FieldValue<E[K]> }>
        : Flat<FieldsValue<A> & FieldsValue<E>>
    : SimpleValue<T>;

/** The same while somebody is still writing it: nothing is required yet. */
export type DraftOf<V> = V extends readonly (infer Item)[]
  ? readonly DraftOf<Item>[]
  : V extends object
    ? { readonly [K in keyof V]?: DraftOf<V[K]> | undefined }
    : V;
