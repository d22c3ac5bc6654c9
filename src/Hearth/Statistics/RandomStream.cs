namespace Hearth.Statistics;

/// <summary>Random numbers that depend on nothing but the seed: xoshiro256** (Blackman &amp; Vigna 2021), seeded by SplitMix64. Not for secrets.</summary>
internal sealed class RandomStream
{
    private ulong _a, _b, _c, _d;
    private double _spare = double.NaN;

    public RandomStream(ulong seed)
    {
        ulong Mixed()
        {
            var z = seed += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }

        (_a, _b, _c, _d) = (Mixed(), Mixed(), Mixed(), Mixed());
    }

    public ulong Bits()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>0 to 1, 1 excluded, in steps of 2⁻⁵³.</summary>
    public double Uniform() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>0 to below, below excluded.</summary>
    public int Below(int below) => (int)(Uniform() * below);

    /// <summary>Mean 0, variance 1, by Marsaglia's polar method.</summary>
    public double Normal()
    {
        if (!double.IsNaN(_spare))
        {
            var kept = _spare;
            _spare = double.NaN;
            return kept;
        }

        while (true)
        {
            var (x, y) = (2 * Uniform() - 1, 2 * Uniform() - 1);
            var s = x * x + y * y;
            if (s is >= 1 or 0) continue;
            var scale = Math.Sqrt(-2 * PortableMath.Log(s) / s);
            _spare = y * scale;
            return x * scale;
        }
    }

    /// <summary>Gamma with this shape, at least 1/2, and scale 1 (Marsaglia &amp; Tsang 2000).</summary>
    public double Gamma(double shape)
    {
        if (shape < 1)
        {
            var power = PortableMath.Exp(PortableMath.Log(1 - Uniform()) / shape);
            return Gamma(shape + 1) * power;
        }

        var d = shape - 1 / 3.0;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = 1 + c * x;
            if (v <= 0) continue;
            v = v * v * v;
            if (PortableMath.Log(1 - Uniform()) < 0.5 * x * x + d - d * v + d * PortableMath.Log(v)) return d * v;
        }
    }

    /// <summary>Poisson with this mean, 0 or above: by inversion below 10, else PTRS (Hörmann 1993). From 1e12 on its mean, whose noise is then a millionth.</summary>
    public double Poisson(double mean)
    {
        if (mean < 10)
        {
            var (left, n, term) = (Uniform(), 0, PortableMath.Exp(-mean));
            while (left >= term && n < 200)
            {
                left -= term;
                term *= mean / ++n;
            }

            return n;
        }

        if (!(mean < 1e12)) return mean;
        var root = Math.Sqrt(mean);
        var log = PortableMath.Log(mean);
        var b = 0.931 + 2.53 * root;
        var a = -0.059 + 0.02483 * b;
        while (true)
        {
            var u = Uniform() - 0.5;
            var v = 1 - Uniform();
            var us = 0.5 - Math.Abs(u);
            var k = Math.Floor((2 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2)) return k;
            if (k < 0 || (us < 0.013 && v > us)) continue;
            if (PortableMath.Log(v * (1.1239 + 1.1328 / (b - 3.4)) / (a / (us * us) + b)) <= -mean + k * log - PortableMath.LogGamma(k + 1)) return k;
        }
    }
}
