// What the pages use of the vendored parts. Only for the type checker; nothing here is served.
declare module "preact" {
  export function h(type: any, props: any, ...children: any[]): any;
  export function render(tree: any, into: Element): void;
}

declare module "preact/hooks" {
  type Cleanup = void | undefined | (() => void);
  export function useState<T>(start: T | (() => T)): [T, (next: T | ((held: T) => T)) => void];
  export function useRef<T>(start: T): { current: T };
  export function useEffect(effect: () => Cleanup, inputs?: readonly unknown[]): void;
  export function useLayoutEffect(effect: () => Cleanup, inputs?: readonly unknown[]): void;
  export function useMemo<T>(make: () => T, inputs: readonly unknown[]): T;
  export function useId(): string;
}

declare module "htm" {
  const htm: { bind(h: unknown): (strings: TemplateStringsArray, ...values: any[]) => any };
  export default htm;
}

declare module "squire-rte" {
  const Squire: any;
  export default Squire;
}

declare module "dompurify" {
  const purify: any;
  export default purify;
}

declare module "@preact/signals" {
  export interface ReadonlySignal<T> {
    readonly value: T;
    peek(): T;
  }
  export interface Signal<T> {
    value: T;
    peek(): T;
  }
  export function signal<T>(start: T): Signal<T>;
  export function computed<T>(make: () => T): ReadonlySignal<T>;
  export function effect(run: () => void | (() => void)): () => void;
  export function batch<T>(run: () => T): T;
}

declare module "@fluent/bundle" {
  export class FluentResource {
    constructor(source: string);
  }
  export class FluentBundle {
    constructor(locale: string, options?: { useIsolating?: boolean });
    addResource(resource: FluentResource): Error[];
    hasMessage(id: string): boolean;
    getMessage(id: string): { value: unknown } | undefined;
    formatPattern(pattern: any, args?: Record<string, any>): string;
  }
}
