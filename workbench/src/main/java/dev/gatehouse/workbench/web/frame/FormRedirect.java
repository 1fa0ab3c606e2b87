package dev.gatehouse.workbench.web.frame;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/** Sends the browser to another page after a form was accepted. */
public final class FormRedirect {

    private FormRedirect() {}

    /**
     * Leaves for an address of ours. A form that was sent by htmx has to be told in a header, since a redirect would be
     * followed silently and the new page put in the old one's place.
     */
    public static ModelAndView to(String address, HttpServletRequest request) {
        return new ModelAndView(
                request.getHeader("HX-Request") == null ? new RedirectView(address, true, false) : leave(address));
    }

    private static View leave(String address) {
        return (model, request, response) -> leave(address, request, response);
    }

    private static void leave(String address, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("HX-Redirect", request.getContextPath() + address);
        response.setStatus(HttpStatus.NO_CONTENT.value());
    }
}
