package dev.gatehouse.workbench.web.frame;

import dev.gatehouse.workbench.web.frame.Preferences.Density;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How somebody wants to see pages: one page for what all of them have, and the small forms beside lists. */
@Controller
class PreferencesPage {

    private static final String PATH = Links.PREFERENCES;

    private static final Duration LASTING = Duration.ofDays(365);

    @GetMapping(PATH)
    String page(Model model) {
        model.addAttribute(
                "zones",
                ZoneId.getAvailableZoneIds().stream()
                        .filter(zone -> zone.contains("/"))
                        .sorted()
                        .toList());
        model.addAttribute("densities", Density.values());
        return "show/preferences";
    }

    /** Keeps what the form has; what it does not have stays as it was. */
    @PostMapping(PATH)
    String keep(
            @RequestParam Optional<String> density,
            @RequestParam Optional<String> zone,
            @RequestParam Optional<String> letters,
            @RequestParam Optional<String> list,
            @RequestParam(defaultValue = "") List<String> columns,
            @RequestParam(defaultValue = "") List<String> shown,
            @RequestParam(defaultValue = PATH) String back,
            HttpServletRequest request,
            HttpServletResponse response) {
        density.flatMap(Density::of).ifPresent(chosen -> set(Preferences.DENSITY, chosen.key(), request, response));
        zone.filter(name -> Preferences.zone(name).isPresent())
                .ifPresent(name -> set(Preferences.ZONE, name.replace("/", "%2F"), request, response));
        letters.filter(word -> word.equals("on") || word.equals(Preferences.OFF))
                .ifPresent(word -> set(Preferences.LETTERS, word, request, response));
        list.filter(Preferences::isName)
                .ifPresent(name ->
                        set(Preferences.COLUMNS + name, Preferences.text(hidden(columns, shown)), request, response));
        return "redirect:" + (isOurs(back) ? back : PATH);
    }

    private static Set<String> hidden(List<String> columns, List<String> shown) {
        var hidden = new HashSet<>(columns);
        hidden.removeAll(Set.copyOf(shown));
        hidden.removeIf(column -> !Preferences.isName(column));
        return hidden;
    }

    /** Whether an address is one of this application, and not one that a browser takes for another host's. */
    private static boolean isOurs(String back) {
        return back.startsWith("/") && !back.startsWith("//") && back.matches("[^\\\\{}\\p{Cntrl}]*");
    }

    private static void set(String name, String value, HttpServletRequest request, HttpServletResponse response) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name, value)
                        // The pages of one organization stand below a prefix, and are to look like all others.
                        .path("/")
                        .maxAge(LASTING)
                        .sameSite("Lax")
                        .secure(request.isSecure())
                        .build()
                        .toString());
    }
}
