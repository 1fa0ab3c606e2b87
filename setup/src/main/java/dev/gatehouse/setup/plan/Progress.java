package dev.gatehouse.setup.plan;

/** Hears how a run is going, while it goes. */
public interface Progress {

    /** Tells nobody. */
    Progress SILENT = new Progress() {
        @Override
        public void begins(Part part) {}

        @Override
        public void waits(Part part, String why) {}

        @Override
        public void ends(Outcome outcome) {}
    };

    /** A part is being looked at. */
    void begins(Part part);

    /** Microsoft is not ready yet; it will be tried again. */
    void waits(Part part, String why);

    /** A part is finished, one way or another. */
    void ends(Outcome outcome);
}
