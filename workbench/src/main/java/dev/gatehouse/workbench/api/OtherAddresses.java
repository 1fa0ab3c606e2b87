package dev.gatehouse.workbench.api;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Addresses below {@code /api} that nobody serves: programs get JSON there too, not the page for people. */
@RestController
class OtherAddresses {

    @RequestMapping("/api/**")
    JsonNode nothing(HttpServletRequest request) {
        throw Refusal.notFound("There is nothing at %s. The API has %s and %s."
                .formatted(request.getRequestURI(), DeviceResource.PATH, VendorAlertResource.PATH));
    }
}
