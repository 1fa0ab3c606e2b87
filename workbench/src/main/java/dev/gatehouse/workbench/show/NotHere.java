package dev.gatehouse.workbench.show;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The address leads to something that we do not have; the reader gets the page that says so. */
@ResponseStatus(HttpStatus.NOT_FOUND)
class NotHere extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
