package dev.gatehouse.workbench.web.frame;

import dev.gatehouse.workbench.devices.NoSuchDevice;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** What a screen answers when its address leads to nothing: gone, never there, or not even the shape of an address. */
@ControllerAdvice({"dev.gatehouse.workbench.web.pages", "dev.gatehouse.workbench.web.frame"})
class NotFoundPage {

    @ExceptionHandler({NotHere.class, NoSuchDevice.class, MethodArgumentTypeMismatchException.class})
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String page() {
        return "error/404";
    }
}
