namespace CxOrchestrator.Core.Experiments;

/// <summary>
/// The range in which a share lies: a confidence sequence, which holds at every look together. All shares p against which the uniform mixture of likelihoods
/// speaks less than 1/α to 1: B(k+1, n-k+1) / (p^k (1-p)^(n-k)) &lt; 1/α (Robbins 1970; Ville's inequality).
/// </summary>
public static class ConversionInterval
{
    /// <summary>From and to, from 0 to 1; everything where nobody is there.</summary>
    /// <param name="did">Who did it, at most <paramref name="people"/>.</param>
    /// <param name="people">How many there are.</param>
    /// <param name="alpha">The probability that it is ever wrong, for example 0.05.</param>
    public static (double From, double To) Of(long did, long people, double alpha)
    {
        if (people == 0)
            return (0, 1);
        var mixture = LogBeta(did + 1.0, people - did + 1.0) - Math.Log(1 / alpha);
        var share = (double)did / people;
        return (did == 0 ? 0 : Edge(0, share), did == people ? 1 : Edge(1, share));

        double Edge(double outside, double inside)
        {
            for (var round = 0; round < 60; round++)
            {
                var middle = (outside + inside) / 2;
                if ((did * Math.Log(middle)) + ((people - did) * Math.Log(1 - middle)) > mixture)
                    inside = middle;
                else
                    outside = middle;
            }

            return inside;
        }
    }

    private static double LogBeta(double a, double b) => LogGamma(a) + LogGamma(b) - LogGamma(a + b);

    // Stirling's series after moving the argument up to 10; exact to 12 digits.
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 10; x++)
            shift -= Math.Log(x);
        var inverse = 1 / (x * x);
        var series = (1 / 12.0) - (inverse * ((1 / 360.0) - (inverse * ((1 / 1260.0) - (inverse / 1680.0)))));
        return shift + ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (series / x);
    }
}
