package dev.gatehouse.simulator.world;

/** The script of an attack, from the first trace to the analyst's last word. */
interface Story {

    /** Tells the scene what happens, in order. */
    void play(Scene scene);
}
