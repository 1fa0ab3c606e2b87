package dev.gatehouse.workbench.web.pages;

/** The address leads to something that we do not have: {@link NotFoundPage} answers with the page that says so. */
class NotHere extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
