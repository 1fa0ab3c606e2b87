package dev.gatehouse.workbench.collect;

/** How many records a feed asks for: the configured number, and fewer while Microsoft cannot cope with it. */
public final class PageSize {

    private final int configured;
    private int current;

    /** Starts with what the settings say. */
    public PageSize(int configured) {
        this.configured = configured;
        this.current = configured;
    }

    public int current() {
        return current;
    }

    public void halve() {
        current = Math.max(1, current / 2);
    }

    public void restore() {
        current = configured;
    }
}
