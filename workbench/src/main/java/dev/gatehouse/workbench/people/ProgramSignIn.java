package dev.gatehouse.workbench.people;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where programs sign in for a person, by form or JSON: with password and one-time code. Known clients first come without the
 * code, and go on only when they are told that it is required; so they are, whether the account has a second factor or not.
 */
@RestController
class ProgramSignIn {

    static final String ADDRESS = "/auth/v0/login";
    static final String OLDER_ADDRESS = "/api/v2/login";

    /** What carries the code, and what says that it is required. */
    static final String CODE = SecondFactors.HEADER;

    private static final int LARGEST = 16 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PasswordSignIn passwords;
    private final SecondFactors secondFactors;
    private final SignInSteps steps;
    private final ProgramSessions sessions;

    ProgramSignIn(PasswordSignIn passwords, SecondFactors secondFactors, SignInSteps steps, ProgramSessions sessions) {
        this.passwords = passwords;
        this.secondFactors = secondFactors;
        this.steps = steps;
        this.sessions = sessions;
    }

    /** What was sent. */
    private record Said(String username, String password, Optional<String> code) {}

    @PostMapping({ADDRESS, OLDER_ADDRESS})
    ResponseEntity<Map<String, Object>> signIn(HttpServletRequest request) throws IOException {
        var said = said(request);
        if (said.isEmpty()) {
            return refusal(
                    HttpStatus.BAD_REQUEST, "Send username and password as a form or as JSON.", Optional.empty());
        }
        var attempt = UsernamePasswordAuthenticationToken.unauthenticated(
                said.get().username(), said.get().password());
        attempt.setDetails(new WebAuthenticationDetails(request));
        try {
            var signedIn = passwords.authenticate(attempt);
            return signedIn != null && signedIn.getPrincipal() instanceof SignedIn who
                    ? withCode(who, said.get().code(), request.getRemoteAddr())
                    : wrong();
        } catch (TooManyAttempts tooMany) {
            return wait(Duration.ofSeconds(tooMany.seconds()));
        } catch (LockedException locked) {
            return refusal(HttpStatus.FORBIDDEN, "This account is locked.", Optional.empty());
        } catch (AuthenticationException failure) {
            return wrong();
        }
    }

    private ResponseEntity<Map<String, Object>> withCode(SignedIn who, Optional<String> code, String address) {
        var account = who.account();
        if (code.isEmpty()) {
            return refusal(
                    HttpStatus.UNAUTHORIZED,
                    "Send the one-time code, too: in the header %s, or as otp.".formatted(CODE),
                    Optional.of(SecondFactors.REQUIRED));
        }
        if (!secondFactors.has(account.id())) {
            return secondFactors.isRequiredOf(who.membership())
                    ? refusal(
                            HttpStatus.FORBIDDEN,
                            "This account needs a second factor. Sign in to the Workbench with a browser and set one up.",
                            Optional.empty())
                    : letIn(who, address);
        }
        return switch (secondFactors.check(account, code.get(), address)) {
            case SecondFactors.Checked.Right _ -> letIn(who, address);
            case SecondFactors.Checked.Wrong _ ->
                refusal(
                        HttpStatus.UNAUTHORIZED,
                        "The one-time code is wrong, or was used before.",
                        Optional.of(SecondFactors.REQUIRED));
            case SecondFactors.Checked.Wait(var left) -> wait(left);
            case SecondFactors.Checked.Unreadable(var cause, var cure) ->
                refusal(HttpStatus.SERVICE_UNAVAILABLE, cause + " " + cure, Optional.empty());
        };
    }

    private ResponseEntity<Map<String, Object>> letIn(SignedIn who, String address) {
        var begun = sessions.begin(who);
        steps.noteSignIn(who, address);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("access_token", begun.token());
        answer.put("token_type", "bearer");
        answer.put("created_at", begun.at().getEpochSecond());
        answer.put("expires_in", ProgramSessions.LIFE.toSeconds());
        answer.put("user_id", who.account().id().toString());
        answer.put("username", who.account().email());
        answer.put("role", who.account().role().key());
        who.membership().organization().ifPresent(id -> answer.put("organization_id", id.toString()));
        answer.put("realm", "public");
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(answer);
    }

    private static Optional<Said> said(HttpServletRequest request) throws IOException {
        var type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
        var header = Optional.ofNullable(request.getHeader(CODE));
        if (!type.contains("json")) {
            return said(
                    request.getParameter("username"),
                    request.getParameter("password"),
                    header.or(() -> Optional.ofNullable(request.getParameter("otp"))));
        }
        try {
            var body = JSON.readTree(request.getInputStream().readNBytes(LARGEST));
            return said(
                    text(body, "username"),
                    text(body, "password"),
                    header.or(() -> Optional.ofNullable(text(body, "otp"))));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String text(JsonNode body, String name) {
        var value = body.path(name);
        return value.isString() ? value.stringValue() : null;
    }

    private static Optional<Said> said(@Nullable String username, @Nullable String password, Optional<String> code) {
        return username == null || password == null
                ? Optional.empty()
                : Optional.of(new Said(username, password, code.filter(text -> !text.isBlank())));
    }

    private static ResponseEntity<Map<String, Object>> wrong() {
        return refusal(HttpStatus.UNAUTHORIZED, "The user name or the password is wrong.", Optional.empty());
    }

    private static ResponseEntity<Map<String, Object>> wait(Duration left) {
        var seconds = left.plusMillis(999).toSeconds();
        var refused = refusal(
                HttpStatus.TOO_MANY_REQUESTS,
                "Too many attempts failed. Try again in %d seconds.".formatted(seconds),
                Optional.empty());
        return ResponseEntity.status(refused.getStatusCode())
                .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds))
                .body(refused.getBody());
    }

    private static ResponseEntity<Map<String, Object>> refusal(
            HttpStatus status, String detail, Optional<String> code) {
        var answer = ResponseEntity.status(status);
        code.ifPresent(says -> answer.header(CODE, says));
        return answer.body(Map.of(
                "errors",
                List.of(Map.of(
                        "status",
                        Integer.toString(status.value()),
                        "code",
                        status == HttpStatus.UNAUTHORIZED ? "UNAUTHORIZED" : "EFORBIDDEN",
                        "title",
                        status.getReasonPhrase(),
                        "detail",
                        detail))));
    }
}
