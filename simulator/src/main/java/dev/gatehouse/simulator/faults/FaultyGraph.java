package dev.gatehouse.simulator.faults;

import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Handler;
import dev.gatehouse.simulator.http.Request;
import java.text.ParseException;
import java.util.Optional;
import java.util.UUID;

/** Graph with its faults. The tenant stands in the token, which need not be good: a fault does not check it. */
public final class FaultyGraph implements Handler {

    private final Handler graph;
    private final Faults faults;

    public FaultyGraph(Handler graph, Faults faults) {
        this.graph = graph;
        this.faults = faults;
    }

    @Override
    public Answer answer(Request request) {
        var answer = graph.answer(request);
        var endpoint = Endpoint.ofGraph(request.segments());
        return faults.areQuiet() || endpoint.isEmpty()
                ? answer
                : faults.strike(request, endpoint.get(), tenant(request), answer);
    }

    private static Optional<UUID> tenant(Request request) {
        try {
            var token = request.headers().first("Authorization").orElse("").replaceFirst("(?i)^Bearer ", "");
            var tenant = SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("tid");
            return Optional.ofNullable(tenant).map(UUID::fromString);
        } catch (ParseException | IllegalArgumentException exception) {
            return Optional.empty();
        }
    }
}
