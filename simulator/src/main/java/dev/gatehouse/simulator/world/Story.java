package dev.gatehouse.simulator.world;

/** The script of an attack, from the first trace to the analyst's last word. */
interface Story {

    /** What a reader of a log would call it. */
    String title();

    /** Tells the scene what happens, in order. */
    void play(Scene scene);
}
