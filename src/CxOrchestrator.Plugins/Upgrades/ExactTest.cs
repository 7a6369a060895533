namespace CxOrchestrator.Plugins.Upgrades;

/// <summary>
/// Fisher's exact test for two proportions, one-sided (R. A. Fisher, "The logic of inductive inference", Journal of the Royal
/// Statistical Society 98, 1935): the chance that as many of the marked calls or more fall on the first group, if marks fell on
/// calls blindly. Unlike the normal approximation it holds for twenty calls too.
/// </summary>
internal static class ExactTest
{
    /// <summary>The chance, from 0 to 1; 1 where there is nothing to compare.</summary>
    /// <param name="marked">Marked calls of the first group.</param>
    /// <param name="calls">All calls of the first group.</param>
    /// <param name="otherMarked">Marked calls of the second group.</param>
    /// <param name="otherCalls">All calls of the second group.</param>
    public static double ChanceOfAtLeast(int marked, int calls, int otherMarked, int otherCalls)
    {
        if (calls == 0 || otherCalls == 0)
            return 1;
        var allMarked = marked + otherMarked;
        var all = calls + otherCalls;

        // The hypergeometric distribution, its first term by logarithms and the others from the term before.
        var term = Math.Exp(LogChoose(calls, marked) + LogChoose(otherCalls, allMarked - marked) - LogChoose(all, allMarked));
        var sum = 0.0;
        for (var k = marked; k <= Math.Min(calls, allMarked); k++)
        {
            sum += term;
            term *= (double)(calls - k) / (k + 1) * (allMarked - k) / (otherCalls - allMarked + k + 1);
        }

        return Math.Min(1, sum);
    }

    private static double LogChoose(int from, int taken) => LogFactorial(from) - LogFactorial(taken) - LogFactorial(from - taken);

    // Stirling's series, Abramowitz and Stegun 6.1.41; below ten its error would show, and the sum is short.
    private static double LogFactorial(int n)
    {
        if (n < 10)
            return Enumerable.Range(1, n).Sum(factor => Math.Log(factor));
        double x = n;
        return (x * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI * x)) + (1 / (12 * x)) - (1 / (360 * x * x * x)) + (1 / (1260 * Math.Pow(x, 5)));
    }
}
