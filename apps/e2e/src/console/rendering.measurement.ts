import type { Page } from 'playwright-core';

/** React reports each commit to a developer's tools that are there before it is: these note which rows of a list it has drawn. */
const NOTE = `(() => {
  const drawn = (window.drawnRows = []);
  const PERFORMED_WORK = 1;
  const walk = fiber => {
    const before = fiber.alternate;
    const session = fiber.memoizedProps?.view?.session;
    if (session !== undefined && fiber.memoizedProps.onSelect !== undefined && fiber.flags & PERFORMED_WORK) drawn.push(session);
    // What was not looked at keeps its children.
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

/** Counts which rows of the list of sessions are drawn, from the next page that is opened on. */
export class RenderingMeasurement {
  private constructor(private readonly page: Page) {}

  static async begin(page: Page): Promise<RenderingMeasurement> {
    await page.addInitScript({ content: NOTE });
    return new RenderingMeasurement(page);
  }

  forget(): Promise<void> {
    return this.page.evaluate<void>('void drawnRows.splice(0)');
  }

  /** The sessions whose rows were drawn since, each as often as it was. */
  drawn(): Promise<string[]> {
    return this.page.evaluate<string[]>('drawnRows');
  }
}
