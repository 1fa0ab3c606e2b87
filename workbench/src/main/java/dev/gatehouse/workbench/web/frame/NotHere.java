package dev.gatehouse.workbench.web.frame;

/** The address leads to something that we do not have: {@link NotFoundPage} answers with the page that says so. */
public class NotHere extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
