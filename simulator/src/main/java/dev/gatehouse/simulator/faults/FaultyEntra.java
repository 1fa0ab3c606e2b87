package dev.gatehouse.simulator.faults;

import dev.gatehouse.simulator.entra.Directory;
import dev.gatehouse.simulator.entra.TenantDirectory;
import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Handler;
import dev.gatehouse.simulator.http.Request;
import java.util.Optional;

/** The sign-in host with its faults. The tenant stands in the path. */
public final class FaultyEntra implements Handler {

    private final Handler entra;
    private final Faults faults;
    private final Directory directory;

    public FaultyEntra(Handler entra, Faults faults, Directory directory) {
        this.entra = entra;
        this.faults = faults;
        this.directory = directory;
    }

    @Override
    public Answer answer(Request request) {
        var answer = entra.answer(request);
        if (faults.areQuiet()) {
            return answer;
        }
        var path = request.segments();
        var tenant = path.isEmpty() ? Optional.<TenantDirectory>empty() : directory.find(path.getFirst());
        return faults.strike(request, Endpoint.ofEntra(path), tenant.map(TenantDirectory::id), answer);
    }
}
