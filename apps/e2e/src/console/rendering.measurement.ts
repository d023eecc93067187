import type { Page } from 'playwright-core';

/** React reports each commit to developer tools that are installed before it loads. This script acts as such a tool, and records which rows of a list were rendered. */
const NOTE = `(() => {
  const drawn = (window.drawnRows = []);
  const PERFORMED_WORK = 1;
  const walk = fiber => {
    const before = fiber.alternate;
    const session = fiber.memoizedProps?.view?.session;
    if (session !== undefined && fiber.memoizedProps.onSelect !== undefined && fiber.flags & PERFORMED_WORK) drawn.push(session);
    // React did not visit a fiber that keeps its children.
    if (before && before.child === fiber.child) return;
    for (let child = fiber.child; child; child = child.sibling) walk(child);
  };
  window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberUnmount: () => undefined,
    onCommitFiberRoot: (_, root) => walk(root.current)
  };
})();`;

/** Records which rows of the list of sessions are rendered, starting with the next page that is opened. */
export class RenderingMeasurement {
  private constructor(private readonly page: Page) {}

  static async begin(page: Page): Promise<RenderingMeasurement> {
    await page.addInitScript({ content: NOTE });
    return new RenderingMeasurement(page);
  }

  forget(): Promise<void> {
    return this.page.evaluate<void>('void drawnRows.splice(0)');
  }

  /** Returns the sessions whose rows were rendered since the last call of `forget`, once per rendering. */
  drawn(): Promise<string[]> {
    return this.page.evaluate<string[]>('drawnRows');
  }
}
