package dev.gatehouse.simulator.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JWT that an application signed with its certificate's key in place of sending a secret.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/certificate-credentials">Certificate credentials</a>
 */
final class ClientAssertion {

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256);
    private static final Duration SLACK = Duration.ofMinutes(5);

    private final SignedJWT jwt;
    private final JWTClaimsSet claims;

    private ClientAssertion(SignedJWT jwt, JWTClaimsSet claims) {
        this.jwt = jwt;
        this.claims = claims;
    }

    static ClientAssertion parse(String text) throws Refused {
        try {
            var jwt = SignedJWT.parse(text);
            return new ClientAssertion(jwt, jwt.getJWTClaimsSet());
        } catch (ParseException exception) {
            throw new Refused(SignInError.ASSERTION_MALFORMED);
        }
    }

    /** Ends normally when the assertion proves that its sender is that application, at that address, now. */
    void prove(Application application, TenantDirectory tenant, URI base, Instant now) throws Refused {
        proveSignature(application, now);
        var id = application.id().toString();
        if (!id.equalsIgnoreCase(claims.getIssuer()) || !id.equalsIgnoreCase(claims.getSubject())) {
            throw new Refused(SignInError.ASSERTION_FOR_ANOTHER_APPLICATION);
        }
        if (claims.getAudience().stream().noneMatch(audience -> isOurs(audience, tenant, base))) {
            throw new Refused(SignInError.ASSERTION_FOR_ANOTHER_AUDIENCE);
        }
        proveTime(now);
    }

    private void proveSignature(Application application, Instant now) throws Refused {
        var thumbprint = thumbprint();
        var certificate = application.certificates().stream()
                .filter(known -> ClientCertificate.isNamed(thumbprint, known))
                .findFirst()
                .orElseThrow(() -> unknown("The key was not found.", thumbprint, application));
        if (now.isAfter(toInstant(certificate.getNotAfter()))) {
            throw unknown("The key used is expired.", thumbprint, application);
        }
        if (!isSignedBy(certificate)) {
            throw unknown(
                    "The provided signature value did not match the expected signature value.",
                    thumbprint,
                    application);
        }
    }

    private static Refused unknown(String reason, String thumbprint, Application application) {
        return new Refused(SignInError.CERTIFICATE_UNKNOWN, reason, thumbprint, application.id());
    }

    @SuppressWarnings("deprecation") // x5t is SHA-1 and deprecated by everyone, and still what older clients send
    private String thumbprint() {
        var header = jwt.getHeader();
        if (header.getX509CertSHA256Thumbprint() != null) {
            return header.getX509CertSHA256Thumbprint().toString();
        }
        if (header.getX509CertThumbprint() != null) {
            return header.getX509CertThumbprint().toString();
        }
        return header.getKeyID() == null ? "" : header.getKeyID();
    }

    private boolean isSignedBy(X509Certificate certificate) {
        try {
            return ALGORITHMS.contains(jwt.getHeader().getAlgorithm())
                    && certificate.getPublicKey() instanceof RSAPublicKey key
                    && jwt.verify(new RSASSAVerifier(key));
        } catch (JOSEException exception) {
            return false;
        }
    }

    private static boolean isOurs(String audience, TenantDirectory tenant, URI base) {
        var hosts = List.of(base.toString(), "https://login.microsoftonline.com", "https://login.microsoftonline.us");
        return List.of(tenant.id().toString(), tenant.domain()).stream()
                .flatMap(name -> hosts.stream().map(host -> host + "/" + name))
                .anyMatch(prefix -> audience.equalsIgnoreCase(prefix + "/oauth2/v2.0/token")
                        || audience.equalsIgnoreCase(prefix + "/v2.0")
                        || audience.equalsIgnoreCase(prefix + "/oauth2/token"));
    }

    private void proveTime(Instant now) throws Refused {
        var from = claims.getNotBeforeTime();
        var until = claims.getExpirationTime();
        var tooEarly = from != null && now.plus(SLACK).isBefore(toInstant(from));
        if (until == null || tooEarly || now.minus(SLACK).isAfter(toInstant(until))) {
            throw new Refused(SignInError.ASSERTION_OUT_OF_TIME, now, text(from), text(until));
        }
    }

    private static String text(@Nullable Date date) {
        return date == null ? "(none)" : toInstant(date).toString();
    }

    @SuppressWarnings("JavaUtilDate") // what the libraries give
    private static Instant toInstant(Date date) {
        return date.toInstant();
    }
}
