package dev.gatehouse.workbench.collect;

/** How many records a feed asks for: the configured number, and fewer while Microsoft cannot cope with it. */
final class PageSize {

    private final int configured;
    private int current;

    PageSize(int configured) {
        this.configured = configured;
        this.current = configured;
    }

    int current() {
        return current;
    }

    void halve() {
        current = Math.max(1, current / 2);
    }

    void restore() {
        current = configured;
    }
}
