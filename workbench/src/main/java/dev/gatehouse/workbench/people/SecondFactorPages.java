package dev.gatehouse.workbench.people;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The second half of signing in, and one's own second factor: setting it up, new recovery codes, taking it away. */
@Controller
class SecondFactorPages {

    private static final String OWN = "/account/second-factor";

    /** Where a session has the secret that is shown until a code of it is given. */
    private static final String SECRET = SecondFactorPages.class.getName() + ".secret";

    private final SecondFactors secondFactors;
    private final SignInSteps steps;

    SecondFactorPages(SecondFactors secondFactors, SignInSteps steps) {
        this.secondFactors = secondFactors;
        this.steps = steps;
    }

    // Signing in

    @GetMapping("/login/code")
    String askForCode(HttpServletRequest request) {
        return PendingSignIn.of(request).equals(Optional.of(PendingSignIn.CODE)) ? "people/code" : "redirect:/";
    }

    @PostMapping("/login/code")
    @Nullable
    ModelAndView takeCode(
            @AuthenticationPrincipal SignedIn who,
            @RequestParam(defaultValue = "") String code,
            Authentication authentication,
            HttpServletRequest request,
            HttpServletResponse response)
            throws ServletException, IOException {
        if (!PendingSignIn.of(request).equals(Optional.of(PendingSignIn.CODE))) {
            return new ModelAndView("redirect:/");
        }
        var problem = problemWith(who, code, request);
        if (problem.isPresent()) {
            return refused("people/code", problem.get());
        }
        steps.complete(request, response, authentication, who);
        return null;
    }

    /** What is wrong with a code of somebody who has a second factor, in words; empty when it is right. */
    private Optional<String> problemWith(SignedIn who, String code, HttpServletRequest request) {
        return secondFactors
                .problemWith(who.account(), Optional.of(code), request.getRemoteAddr())
                .map(CodeProblem::sentence);
    }

    private static ModelAndView refused(String view, String problem) {
        var page = new ModelAndView(view, Map.of("problem", problem));
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }

    @GetMapping("/login/second-factor")
    String askToSetUp(@AuthenticationPrincipal SignedIn who, HttpServletRequest request, Model model) {
        if (!PendingSignIn.of(request).equals(Optional.of(PendingSignIn.SET_UP))) {
            return "redirect:/";
        }
        model.addAllAttributes(secret(who, request.getSession()));
        return "people/set-up-at-sign-in";
    }

    @PostMapping("/login/second-factor")
    ModelAndView setUpAtSignIn(
            @AuthenticationPrincipal SignedIn who,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request) {
        if (!PendingSignIn.of(request).equals(Optional.of(PendingSignIn.SET_UP))) {
            return new ModelAndView("redirect:/");
        }
        var codes = setUp(who, code, request.getSession());
        if (codes.isEmpty()) {
            var page = refused("people/set-up-at-sign-in", WRONG_FIRST_CODE);
            page.addAllObjects(secret(who, request.getSession()));
            return page;
        }
        PendingSignIn.done(request);
        steps.noteSignIn(who, request.getRemoteAddr());
        return new ModelAndView("people/recovery-codes-at-sign-in", Map.of("codes", codes.get()));
    }

    private static final String WRONG_FIRST_CODE =
            "That is not the code that the app shows for this secret now. Check that the telephone's clock is right, and type the next one.";

    private Map<String, Object> secret(SignedIn who, HttpSession session) {
        var kept = session.getAttribute(SECRET);
        var secret = kept instanceof String known ? known : OneTimeCodes.drawSecret();
        session.setAttribute(SECRET, secret);
        return Map.of(
                "picture",
                QrCodes.of(QrCodes.address(who.account().email(), secret)),
                "secret",
                secret.replaceAll("(.{4})(?!$)", "$1 "),
                "email",
                who.account().email());
    }

    private Optional<List<String>> setUp(SignedIn who, String code, HttpSession session) {
        if (!(session.getAttribute(SECRET) instanceof String secret)) {
            return Optional.empty();
        }
        var codes = secondFactors.setUp(who.account(), secret, code);
        if (codes.isPresent()) {
            session.removeAttribute(SECRET);
        }
        return codes;
    }

    // One's own

    @GetMapping(OWN)
    String own(@AuthenticationPrincipal SignedIn who, Model model) {
        model.addAllAttributes(state(who));
        return "people/second-factor";
    }

    private Map<String, Object> state(SignedIn who) {
        var id = who.account().id();
        return Map.of(
                "isSetUp",
                secondFactors.has(id),
                "isRequired",
                secondFactors.isRequiredOf(who.membership()),
                "codesLeft",
                secondFactors.recoveryCodesLeft(id));
    }

    @GetMapping(OWN + "/set-up")
    String showSecret(@AuthenticationPrincipal SignedIn who, HttpSession session, Model model) {
        if (secondFactors.has(who.account().id())) {
            return "redirect:" + OWN;
        }
        model.addAllAttributes(secret(who, session));
        return "people/set-up";
    }

    @PostMapping(OWN + "/set-up")
    ModelAndView setUpOwn(
            @AuthenticationPrincipal SignedIn who, @RequestParam(defaultValue = "") String code, HttpSession session) {
        if (secondFactors.has(who.account().id())) {
            return new ModelAndView("redirect:" + OWN);
        }
        var codes = setUp(who, code, session);
        if (codes.isEmpty()) {
            var page = refused("people/set-up", WRONG_FIRST_CODE);
            page.addAllObjects(secret(who, session));
            return page;
        }
        return new ModelAndView("people/recovery-codes", Map.of("codes", codes.get()));
    }

    /** New recovery codes, for whoever shows that they have the app or one of the codes. */
    @PostMapping(OWN + "/recovery-codes")
    ModelAndView renew(
            @AuthenticationPrincipal SignedIn who,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request) {
        return withCode(
                who,
                code,
                request,
                () -> new ModelAndView(
                        "people/recovery-codes", Map.of("codes", secondFactors.renewRecoveryCodes(who.account()))));
    }

    @PostMapping(OWN + "/remove")
    ModelAndView remove(
            @AuthenticationPrincipal SignedIn who,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request,
            RedirectAttributes next) {
        return withCode(who, code, request, () -> {
            secondFactors.remove(who.account());
            next.addFlashAttribute("note", "Your second factor is removed.");
            return new ModelAndView("redirect:" + OWN);
        });
    }

    // Whoever finds an open session must not be able to take the second factor over.
    private ModelAndView withCode(
            SignedIn who, String code, HttpServletRequest request, java.util.function.Supplier<ModelAndView> work) {
        if (!secondFactors.has(who.account().id())) {
            return new ModelAndView("redirect:" + OWN);
        }
        var problem = problemWith(who, code, request);
        if (problem.isEmpty()) {
            return work.get();
        }
        var page = refused("people/second-factor", problem.get());
        page.addAllObjects(state(who));
        return page;
    }
}
