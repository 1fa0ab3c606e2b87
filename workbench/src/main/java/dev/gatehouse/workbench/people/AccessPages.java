package dev.gatehouse.workbench.people;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages for signing in and for changing one's own password. */
@Controller
class AccessPages {

    private final Accounts accounts;
    private final GuessingGuard guard;
    private final SecurityLog security;

    AccessPages(Accounts accounts, GuessingGuard guard, SecurityLog security) {
        this.accounts = accounts;
        this.guard = guard;
        this.security = security;
    }

    /** The parameters are those that {@link SecurityRules} leads back here with. */
    @GetMapping(Refusals.SIGN_IN)
    String signIn(
            @AuthenticationPrincipal @Nullable SignedIn who,
            @RequestParam Map<String, String> reasons,
            @RequestParam(defaultValue = "0") long wait,
            Model model) {
        if (who != null) {
            return "redirect:/";
        }
        if (wait > 0) {
            model.addAttribute("problem", "Too many wrong passwords. Wait %s and try again.".formatted(inWords(wait)));
        } else if (reasons.containsKey("wrong")) {
            model.addAttribute("problem", "That e-mail address and password do not belong together.");
        } else if (reasons.containsKey("locked")) {
            model.addAttribute("problem", "This account is locked. Ask an admin to unlock it.");
        } else if (reasons.containsKey("expired")) {
            model.addAttribute("note", "Your session had ended. Sign in again.");
        } else if (reasons.containsKey("out")) {
            model.addAttribute("note", "You are signed out.");
        }
        return "people/login";
    }

    @GetMapping("/account/password")
    String password() {
        return "people/password";
    }

    @PostMapping("/account/password")
    ModelAndView changePassword(
            @AuthenticationPrincipal SignedIn who,
            @RequestParam String current,
            @RequestParam String replacement,
            @RequestParam String again,
            HttpServletRequest request,
            RedirectAttributes next) {
        var problem = problemWith(who.account(), current, replacement, again, request.getRemoteAddr());
        if (problem.isPresent()) {
            var page = new ModelAndView("people/password");
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("problem", problem.get());
            return page;
        }
        accounts.changePassword(who, replacement);
        next.addFlashAttribute("note", "Your password is changed. Everywhere else you are signed out.");
        return new ModelAndView("redirect:/account/password");
    }

    private Optional<String> problemWith(
            Account account, String current, String replacement, String again, String address) {
        var weakness = PasswordRules.problemWith(replacement, account.email());
        if (weakness.isPresent()) {
            return weakness;
        }
        if (!replacement.equals(again)) {
            return Optional.of("The two new passwords differ.");
        }
        if (replacement.equals(current)) {
            return Optional.of("The new password is the old one.");
        }
        // Whoever finds an open session must not be able to guess the password here instead.
        var pause = guard.attempt(account.email(), address);
        if (pause.isPresent()) {
            return Optional.of("Too many wrong passwords. Wait %s and try again."
                    .formatted(inWords(pause.get().toSeconds() + 1)));
        }
        if (!accounts.hasPassword(account.id(), current)) {
            security.passwordChangeFailed(account.email(), address);
            return Optional.of("The current password is wrong.");
        }
        guard.succeeded(account.email(), address);
        return Optional.empty();
    }

    static String inWords(long seconds) {
        return seconds < 120 ? seconds + " seconds" : (seconds + 59) / 60 + " minutes";
    }
}
