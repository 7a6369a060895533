namespace CxOrchestrator.Benchmarks.Nodes;

/// <summary>How scale-out is measured.</summary>
/// <param name="Connections">SMTP connections of a node.</param>
/// <param name="TimePerMessage">What the mail server takes for each message of a connection.</param>
/// <param name="Length">How long is measured.</param>
/// <param name="WarmUp">How long nodes run before.</param>
/// <param name="Repeats">Rounds of all numbers of nodes.</param>
/// <param name="AcceptedIsHeard">Whether a journey listens to the event that a message was accepted, which is made and decided on for each message then.</param>
internal sealed record ScaleOutOptions(int Connections, TimeSpan TimePerMessage, TimeSpan Length, TimeSpan WarmUp, int Repeats, bool AcceptedIsHeard)
{
    /// <summary>Messages a second that a node's connections allow.</summary>
    public double MostPerNode => Connections / TimePerMessage.TotalSeconds;
}
