package dev.gatehouse.intake.diagnose;

import dev.gatehouse.intake.http.HttpOutcome;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Trouble;

/** Explains why no answer came at all. */
public final class TransportDiagnosis {

    private static final String CHECK_NETWORK =
            "Check this server's network, its firewall and its proxy. Gatehouse has to reach %s.";
    private static final String WAIT =
            "Nothing to do: Gatehouse tries again. If it lasts, check this server's network.";

    private TransportDiagnosis() {}

    public static Diagnosis of(HttpOutcome.Broken broken) {
        var host = broken.host();
        return switch (broken.breakage()) {
            case UNKNOWN_HOST ->
                Diagnosis.of(
                        Trouble.UNREACHABLE,
                        "The name %s has no address.".formatted(host),
                        "Check this server's name service (DNS), and the cloud's address if it was configured by hand.");
            case REFUSED ->
                Diagnosis.of(
                        Trouble.UNREACHABLE,
                        "%s does not take connections.".formatted(host),
                        CHECK_NETWORK.formatted(host));
            case UNREACHABLE ->
                Diagnosis.of(
                        Trouble.UNREACHABLE,
                        "There is no connection to %s, or it was reset.".formatted(host),
                        CHECK_NETWORK.formatted(host));
            case UNTRUSTED ->
                Diagnosis.of(
                        Trouble.UNTRUSTED,
                        "The certificate of %s is not trusted, or is for another name.".formatted(host),
                        "If a proxy opens TLS connections, or the cloud has its own certificate authority, name its certificate in gatehouse.clouds.<name>.ca-certificate.");
            case TLS_FAILED ->
                Diagnosis.of(
                        Trouble.UNREACHABLE,
                        "%s does not speak TLS as we do.".formatted(host),
                        "Check the cloud's address and port, and whether a proxy stands in between.");
            case TIMED_OUT -> Diagnosis.of(Trouble.TIMED_OUT, "%s took too long to answer.".formatted(host), WAIT);
            case NO_CONNECTION_FREE ->
                Diagnosis.of(
                        Trouble.UNREACHABLE,
                        "All connections of Gatehouse to %s were in use for too long.".formatted(host),
                        "Nothing to do: Gatehouse tries again. If it lasts, this server has more devices than it can poll; raise the poll interval.");
            case BROKEN_OFF ->
                Diagnosis.of(
                        Trouble.BROKEN_OFF,
                        "The answer of %s broke off before its end.".formatted(host),
                        "Nothing to do: Gatehouse asks for less at once. If it lasts, see whether a proxy or firewall between this server and %s cuts large or long answers."
                                .formatted(host));
            case GARBLED ->
                Diagnosis.of(
                        Trouble.UNREADABLE_ANSWER,
                        "The answer of %s is damaged: it is not HTTP, or its compression is broken.".formatted(host),
                        "Nothing of it was counted, and Gatehouse asks again. If it lasts, check whether a proxy changes answers.");
            case ENDLESS_HEADERS ->
                Diagnosis.of(
                        Trouble.UNREADABLE_ANSWER,
                        "%s sent more or longer headers than any answer has.".formatted(host),
                        "Nothing of it was counted, and Gatehouse asks again. If it lasts, check whether a proxy changes answers.");
            case TOO_BIG ->
                Diagnosis.of(
                        Trouble.TOO_BIG,
                        "The answer of %s is larger than one answer may be (gatehouse.http.max-page-bytes, and not more than gatehouse.http.page-memory)."
                                .formatted(host),
                        "Nothing to do: Gatehouse asks for less at once. If it lasts, raise that setting.");
            case RECORD_TOO_BIG ->
                Diagnosis.of(
                        Trouble.TOO_BIG,
                        "A single record in the answer of %s is larger than a record may be, which is a 32nd of gatehouse.http.page-memory."
                                .formatted(host),
                        "Gatehouse reads what lies around it. If the record matters, raise gatehouse.http.page-memory and Java's heap.");
            case NO_ROOM ->
                Diagnosis.of(
                        Trouble.TOO_BIG,
                        "Other answers took all of gatehouse.http.page-memory for so long that there was no room for the answer of %s."
                                .formatted(host),
                        "Nothing to do: Gatehouse asks for less at once. If it lasts, give Java a larger heap, or set smaller pages.");
        };
    }
}
