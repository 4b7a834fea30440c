//! The inner loop of every matrix product.
//!
//! A weight matrix is packed into panels of `P` × 16 columns. A tile multiplies up to eight rows of the
//! input with one panel. Every output is one chain of multiply-adds over ascending `k`, whatever the
//! number of rows, so that a row's result has the same bits alone and in any batch.
//!
//! This is the crate's only unsafe module. It is here because the compiler does not keep the sums of a
//! tile in registers by itself, and because AVX-512 and AVX2 must be chosen when the program runs:
//! see docs/lang.md for what that gains.
#![expect(unsafe_code, reason = "vector instructions chosen at run time; see docs/lang.md for the gain")]

/// How many columns make one block of a panel.
pub(crate) const LANES: usize = 16;
/// The most rows in one tile.
pub(crate) const MAX_ROWS: usize = 8;

/// The instructions that this processor has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Isa {
    /// AVX-512 foundation: 16 numbers at once.
    Avx512,
    /// AVX2 with fused multiply-add: 8 numbers at once.
    Avx2,
    /// Whatever the compiler makes of plain loops.
    Plain,
}

impl Isa {
    /// Asks the processor.
    pub(crate) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if std::arch::is_x86_feature_detected!("avx512f") {
                return Isa::Avx512;
            }
            if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma") {
                return Isa::Avx2;
            }
        }
        Isa::Plain
    }
}

/// Multiplies `rows` rows of `a` (each `k` long, `stride` apart) with a panel of `P` × 16 columns.
///
/// `panel` holds for each of the `k` inputs the weights of the columns; `out` gets `P` × 16 sums a row.
///
/// # Panics
/// Where a slice is too short or `rows` is more than [`MAX_ROWS`].
pub(crate) fn tile<const P: usize>(
    isa: Isa,
    (a, stride): (&[f32], usize),
    rows: usize,
    panel: &[f32],
    out: &mut [f32],
) {
    let k = panel.len() / (P * LANES);
    assert!((1..=MAX_ROWS).contains(&rows) && panel.len() == k * P * LANES);
    assert!(a.len() >= (rows - 1) * stride + k && out.len() >= rows * P * LANES);
    match isa {
        #[cfg(target_arch = "x86_64")]
        Isa::Avx512 => {
            let (a, b, c) = (a.as_ptr(), panel.as_ptr(), out.as_mut_ptr());
            // SAFETY: `Isa::detect` saw AVX-512, and the lengths were checked above.
            unsafe {
                match rows {
                    1 => x86::tile_avx512::<1, P>(a, stride, k, b, c),
                    2 => x86::tile_avx512::<2, P>(a, stride, k, b, c),
                    3 => x86::tile_avx512::<3, P>(a, stride, k, b, c),
                    4 => x86::tile_avx512::<4, P>(a, stride, k, b, c),
                    5 => x86::tile_avx512::<5, P>(a, stride, k, b, c),
                    6 => x86::tile_avx512::<6, P>(a, stride, k, b, c),
                    7 => x86::tile_avx512::<7, P>(a, stride, k, b, c),
                    _ => x86::tile_avx512::<8, P>(a, stride, k, b, c),
                }
            }
        }
        #[cfg(target_arch = "x86_64")]
        Isa::Avx2 => {
            let mut row = 0;
            while row < rows {
                let part = (rows - row).min(4);
                // SAFETY: `Isa::detect` saw AVX2 and FMA, and the lengths were checked above.
                unsafe {
                    let a = a.as_ptr().add(row * stride);
                    let c = out.as_mut_ptr().add(row * P * LANES);
                    for half in [0, 8] {
                        let b = panel.as_ptr().add(half);
                        let c = c.add(half);
                        match part {
                            1 => x86::tile_avx2::<1, P>(a, stride, k, b, c),
                            2 => x86::tile_avx2::<2, P>(a, stride, k, b, c),
                            3 => x86::tile_avx2::<3, P>(a, stride, k, b, c),
                            _ => x86::tile_avx2::<4, P>(a, stride, k, b, c),
                        }
                    }
                }
                row += part;
            }
        }
        _ => tile_plain::<P>(a, stride, rows, panel, out),
    }
}

fn tile_plain<const P: usize>(a: &[f32], stride: usize, rows: usize, panel: &[f32], out: &mut [f32]) {
    for (row, out) in out.chunks_exact_mut(P * LANES).take(rows).enumerate() {
        out.fill(0.0);
        for (&x, weights) in a[row * stride..].iter().zip(panel.chunks_exact(P * LANES)) {
            for (sum, w) in out.iter_mut().zip(weights) {
                *sum += x * w;
            }
        }
    }
}

// Plain indices below: an iterator over vectors is a function without the vector instructions, which the
// compiler sometimes leaves a call (without link-time optimization everything took 17 times as long).
#[cfg(target_arch = "x86_64")]
#[expect(clippy::needless_range_loop, reason = "iterators over vectors may stay calls; see above")]
mod x86 {
    use std::arch::x86_64::{
        _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_set1_ps, _mm256_setzero_ps, _mm256_storeu_ps,
        _mm512_fmadd_ps, _mm512_loadu_ps, _mm512_set1_ps, _mm512_setzero_ps, _mm512_storeu_ps,
    };

    use super::LANES;

    /// # Safety
    /// The processor has AVX-512F; `a` holds `M` rows of `k`, `stride` apart; `b` holds `k` × `P` × 16
    /// and `c` has room for `M` × `P` × 16 numbers.
    #[target_feature(enable = "avx512f")]
    pub(super) unsafe fn tile_avx512<const M: usize, const P: usize>(
        a: *const f32,
        stride: usize,
        k: usize,
        b: *const f32,
        c: *mut f32,
    ) {
        let mut sums = [[_mm512_setzero_ps(); P]; M];
        for i in 0..k {
            let mut weights = [_mm512_setzero_ps(); P];
            for p in 0..P {
                // SAFETY: within the `k` × `P` × 16 numbers of `b`.
                weights[p] = unsafe { _mm512_loadu_ps(b.add((i * P + p) * LANES)) };
            }
            for m in 0..M {
                // SAFETY: row `m` of `M`, column `i` of `k`.
                let x = _mm512_set1_ps(unsafe { *a.add(m * stride + i) });
                for p in 0..P {
                    sums[m][p] = _mm512_fmadd_ps(x, weights[p], sums[m][p]);
                }
            }
        }
        for m in 0..M {
            for p in 0..P {
                // SAFETY: within the `M` × `P` × 16 numbers of `c`.
                unsafe { _mm512_storeu_ps(c.add((m * P + p) * LANES), sums[m][p]) };
            }
        }
    }

    /// One half (eight columns) of each of the `P` blocks.
    ///
    /// # Safety
    /// The processor has AVX2 and FMA; the rest as for [`tile_avx512`], less the first half's offset.
    #[target_feature(enable = "avx2,fma")]
    pub(super) unsafe fn tile_avx2<const M: usize, const P: usize>(
        a: *const f32,
        stride: usize,
        k: usize,
        b: *const f32,
        c: *mut f32,
    ) {
        let mut sums = [[_mm256_setzero_ps(); P]; M];
        for i in 0..k {
            let mut weights = [_mm256_setzero_ps(); P];
            for p in 0..P {
                // SAFETY: within the `k` × `P` × 16 numbers of `b`.
                weights[p] = unsafe { _mm256_loadu_ps(b.add((i * P + p) * LANES)) };
            }
            for m in 0..M {
                // SAFETY: row `m` of `M`, column `i` of `k`.
                let x = _mm256_set1_ps(unsafe { *a.add(m * stride + i) });
                for p in 0..P {
                    sums[m][p] = _mm256_fmadd_ps(x, weights[p], sums[m][p]);
                }
            }
        }
        for m in 0..M {
            for p in 0..P {
                // SAFETY: within the `M` × `P` × 16 numbers of `c`.
                unsafe { _mm256_storeu_ps(c.add((m * P + p) * LANES), sums[m][p]) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<const P: usize>(isa: Isa, rows: usize, k: usize) {
        let number = |i: usize| ((i * 37 % 101) as f32 - 50.0) / 16.0;
        let a: Vec<f32> = (0..rows * k).map(number).collect();
        let panel: Vec<f32> = (0..k * P * LANES).map(|i| number(i + 7)).collect();
        let mut out = vec![f32::NAN; rows * P * LANES];
        tile::<P>(isa, (&a, k), rows, &panel, &mut out);
        for row in 0..rows {
            for column in 0..P * LANES {
                let sum: f32 = (0..k).map(|i| a[row * k + i] * panel[i * P * LANES + column]).sum();
                assert!((out[row * P * LANES + column] - sum).abs() < 1e-2, "{isa:?} {rows}");
            }
        }
        for row in 0..rows {
            let mut alone = vec![f32::NAN; P * LANES];
            tile::<P>(isa, (&a[row * k..], k), 1, &panel, &mut alone);
            assert_eq!(alone, out[row * P * LANES..(row + 1) * P * LANES], "{isa:?} {rows}");
        }
    }

    #[test]
    fn tiles_multiply_and_rows_do_not_see_each_other() {
        for isa in [Isa::detect(), Isa::Plain] {
            for rows in 1..=MAX_ROWS {
                check::<1>(isa, rows, 5);
                check::<2>(isa, rows, 64);
                check::<3>(isa, rows, 33);
            }
        }
    }
}
