package dev.gatehouse.intake.graph;

import dev.gatehouse.intake.http.Answer;
import dev.gatehouse.intake.http.BodyTaker;
import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.HttpOutcome;
import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.http.Request;
import dev.gatehouse.intake.signin.AccessToken;
import dev.gatehouse.intake.signin.SignIn;
import dev.gatehouse.intake.signin.SignInOutcome;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Sends requests to Graph with a token of the connection's application. A token that Graph does not accept is forgotten and
 * the request sent once more with a new one; after a refusal for want of a permission it is forgotten, too, because only a
 * new one tells what was granted since.
 */
public final class GraphClient {

    private final CloudHttp http;
    private final SignIn signIn;

    public GraphClient(CloudHttp http, SignIn signIn) {
        this.http = http;
        this.signIn = signIn;
    }

    /**
     * How a call ends.
     *
     * @param <T> what took the body of a good answer
     */
    public sealed interface CallOutcome<T> {

        /**
         * Graph answered.
         *
         * @param answer whatever its status
         * @param token that it was asked with
         * @param taker what took the body, if the answer was a good one
         */
        record Answered<T>(Answer answer, AccessToken token, T taker) implements CallOutcome<T> {}

        /** No answer came, or not all of it. */
        record Broken<T>(HttpOutcome.Broken broken) implements CallOutcome<T> {}

        /** Entra gave no token, so that Graph was not asked, or not again. */
        record NotSignedIn<T>(Diagnosis diagnosis) implements CallOutcome<T> {}
    }

    /**
     * Asks Graph.
     *
     * @param request without what is the same in all of them: the token, and a name for the request
     * @param room counts the body; the caller's
     * @param takers makes what gets the body of a good answer; once for each time that the request is sent
     * @throws InterruptedException when the calling thread was asked to stop
     * @throws IllegalStateException when the address is none of the cloud's Graph, where no token of it must go
     */
    public <T extends BodyTaker> CallOutcome<T> call(
            Connection connection, Request request, PageMemory.Room room, Supplier<T> takers)
            throws InterruptedException {
        if (!connection.cloud().isGraphAddress(request.uri())) {
            throw new IllegalStateException("A token of cloud %s must not go to %s"
                    .formatted(connection.cloud(), request.uri().getHost()));
        }
        return call(connection, request, room, takers, false);
    }

    private <T extends BodyTaker> CallOutcome<T> call(
            Connection connection, Request request, PageMemory.Room room, Supplier<T> takers, boolean isSecondToken)
            throws InterruptedException {
        return switch (signIn.signIn(connection)) {
            case SignInOutcome.Refused(Diagnosis diagnosis) -> new CallOutcome.NotSignedIn<>(diagnosis);
            case SignInOutcome.Granted(AccessToken token) -> {
                var taker = takers.get();
                yield switch (http.send(connection.cloud(), signed(request, token), room, taker)) {
                    case HttpOutcome.Broken broken -> new CallOutcome.Broken<>(broken);
                    case HttpOutcome.Answered(Answer answer) -> {
                        if (answer.status() == 401 || answer.status() == 403) {
                            signIn.forget(connection, token);
                        }
                        yield answer.status() == 401 && !isSecondToken
                                ? call(connection, request, room, takers, true)
                                : new CallOutcome.Answered<>(answer, token, taker);
                    }
                };
            }
        };
    }

    private static Request signed(Request request, AccessToken token) {
        return request.with("Authorization", "Bearer " + token.value())
                .with("Accept", "application/json")
                .with("client-request-id", UUID.randomUUID().toString());
    }
}
