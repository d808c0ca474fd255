// The SDK types durations with `ms`, whose own declarations NodeNext cannot see: without these lines a `Duration` is `any`.
declare module 'ms' {
  type Unit = 'ms' | 's' | 'sec' | 'secs' | 'm' | 'min' | 'mins' | 'h' | 'hr' | 'hrs' | 'd' | 'day' | 'days' | 'w';
  export type StringValue = `${number}` | `${number}${Unit}` | `${number} ${Unit}`;
  export default function ms(text: string): number | undefined;
}
