package dev.gatehouse.workbench.web.api.dialect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/** A request that is not carried out, with what the client has to change. */
public final class Refusal extends RuntimeException {

    private final HttpStatus status;
    private final transient List<Complaint> complaints;
    private final transient Map<String, String> headers;

    /** For several things to change at once. */
    public Refusal(HttpStatus status, List<Complaint> complaints) {
        this(status, complaints, Map.of());
    }

    private Refusal(HttpStatus status, List<Complaint> complaints, Map<String, String> headers) {
        super(complaints.stream().map(Complaint::detail).collect(Collectors.joining(" ")));
        this.status = status;
        this.complaints = List.copyOf(complaints);
        this.headers = Map.copyOf(headers);
    }

    /** The same with a header of the answer, besides those that it has. */
    public Refusal with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new Refusal(status, complaints, more);
    }

    /** For what is not there. */
    public static Refusal notFound(String detail) {
        return new Refusal(HttpStatus.NOT_FOUND, List.of(new Complaint(detail, Optional.empty())));
    }

    /** For a body that cannot be used as a whole. */
    public static Refusal body(HttpStatus status, String detail) {
        return new Refusal(status, List.of(new Complaint(detail, Optional.empty())));
    }

    /** For a query parameter. */
    public static Refusal parameter(String name, String detail) {
        return new Refusal(
                HttpStatus.BAD_REQUEST, List.of(new Complaint(detail, Optional.of(new Source("parameter", name)))));
    }

    /** For one place in the body, as a JSON pointer such as {@code /data/attributes/name}. */
    public static Refusal at(String pointer, String detail) {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, List.of(Complaint.at(pointer, detail)));
    }

    HttpStatus status() {
        return status;
    }

    /** Headers of the answer, by their names. */
    Map<String, String> headers() {
        return headers;
    }

    /** What the client has to change. */
    public List<Complaint> complaints() {
        return complaints;
    }

    /**
     * One thing to change.
     *
     * @param detail what is wrong and what to do
     * @param source where it is
     */
    public record Complaint(String detail, Optional<Source> source) {
        /** At one place in the body. */
        public static Complaint at(String pointer, String detail) {
            return new Complaint(detail, Optional.of(new Source("pointer", pointer)));
        }
    }

    /**
     * A place in a request.
     *
     * @param kind {@code pointer} for the body, {@code parameter} for the query
     * @param place where there
     */
    public record Source(String kind, String place) {}
}
