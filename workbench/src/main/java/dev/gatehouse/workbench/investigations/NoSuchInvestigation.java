package dev.gatehouse.workbench.investigations;

/** There is no such investigation, or nothing like that in it, as far as the one who asks may see. */
public class NoSuchInvestigation extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
