package dev.gatehouse.stories.setup;

import dev.gatehouse.setup.directory.Answer;
import dev.gatehouse.setup.directory.GraphCalls;
import dev.gatehouse.setup.directory.GraphOverHttp;
import dev.gatehouse.simulator.directory.Interruptions.When;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Graph, until the power goes off: nothing after that happens, not even tidying up. */
final class CutGraph implements GraphCalls {

    private final GraphCalls real;
    private final int last;
    private final When moment;
    private int calls;

    /** Goes off before or after that call, counted from one. */
    CutGraph(SetupStage stage, int last, When moment) {
        this.real = new GraphOverHttp(stage.http, stage.cloud, stage::token);
        this.last = last;
        this.moment = moment;
    }

    /** The power goes off. */
    static final class PowerCut extends Error {
        private static final long serialVersionUID = 1L;
    }

    int calls() {
        return calls;
    }

    @Override
    public Answer call(String method, String target, Optional<JsonNode> body) throws InterruptedException {
        calls++;
        if (calls == last && moment == When.BEFORE) {
            throw new PowerCut();
        }
        var answer = real.call(method, target, body);
        if (calls == last) {
            throw new PowerCut();
        }
        return answer;
    }

    @Override
    public String address(String path) {
        return real.address(path);
    }
}
