/* What the vector unit does at best: 24 chains of AVX-512 multiply-adds on registers, nothing else.
 * cc -O2 -mavx512f tools/bench/lang/peak.c -o /tmp/peak && /tmp/peak */
#include <immintrin.h>
#include <stdio.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

int main(void) {
    const long rounds = 20000000;
    double best = 1e9;
    float out[16];
    for (int go = 0; go < 5; go++) {
        __m512 a = _mm512_set1_ps(0.999f), b = _mm512_set1_ps(1e-6f), c[24];
        for (int i = 0; i < 24; i++) c[i] = _mm512_set1_ps(i);
        double began = now();
        for (long r = 0; r < rounds; r++) {
#pragma GCC unroll 24
            for (int i = 0; i < 24; i++) c[i] = _mm512_fmadd_ps(c[i], a, b);
        }
        double took = now() - began;
        if (took < best) best = took;
        for (int i = 1; i < 24; i++) c[0] = _mm512_add_ps(c[0], c[i]);
        _mm512_storeu_ps(out, c[0]);
    }
    printf("%.1f thousand million operations a second (%.3g)\n", rounds * 24.0 * 32 / best * 1e-9, out[0]);
    return 0;
}
