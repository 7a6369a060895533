namespace CxOrchestrator.Benchmarks.Measuring;

/// <summary>The middle of some numbers and how far eight of ten of them lie apart.</summary>
internal readonly record struct Spread(double Low, double Median, double High)
{
    /// <summary>Tenth, fiftieth and ninetieth percentile of at least one number.</summary>
    public static Spread Of(IReadOnlyCollection<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        double At(double share) => sorted[(int)Math.Round((sorted.Length - 1) * share)];
        return new Spread(At(0.1), At(0.5), At(0.9));
    }
}
