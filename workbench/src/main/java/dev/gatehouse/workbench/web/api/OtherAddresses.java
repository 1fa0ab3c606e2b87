package dev.gatehouse.workbench.web.api;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Everything below {@code /api} that nobody serves: programs get JSON there too, not the page for people. */
@RestController
class OtherAddresses {

    @RequestMapping("/api/**")
    JsonNode nothing(HttpServletRequest request) {
        throw Refusal.notFound("%s %s is nothing that the API does. docs/api.md lists what it does."
                .formatted(request.getMethod(), request.getRequestURI()));
    }
}
