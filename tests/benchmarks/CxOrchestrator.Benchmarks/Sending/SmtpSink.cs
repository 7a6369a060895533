using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>Postfix's <c>smtp-sink</c> on a free port of loopback: takes every message and forgets it. Ended by its own id.</summary>
internal sealed class SmtpSink : IDisposable
{
    private readonly Process _process;

    private SmtpSink(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan Used
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts one and waits until it listens.</summary>
    /// <exception cref="FormatException">It isn't there.</exception>
    public static SmtpSink Start()
    {
        var port = KeptPort.Next();
        var start = new ProcessStartInfo(PostfixTool.Find("smtp-sink")) { RedirectStandardError = true };
        // As root it wants to be told whom to become.
        if (Environment.UserName == "root")
        {
            start.ArgumentList.Add("-u");
            start.ArgumentList.Add("nobody");
        }

        start.ArgumentList.Add($"127.0.0.1:{port}");
        start.ArgumentList.Add("1000");
        var process = Process.Start(start) ?? throw new InvalidOperationException("smtp-sink did not start.");
        for (var tries = 0; tries < 200; tries++)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"smtp-sink ended: {process.StandardError.ReadToEnd()}");
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, port);
                return new SmtpSink(process, port);
            }
            catch (SocketException)
            {
                Thread.Sleep(25);
            }
        }

        process.Kill();
        throw new InvalidOperationException("smtp-sink did not listen within 5 s.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
