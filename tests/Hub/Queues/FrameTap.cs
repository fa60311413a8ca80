using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Vkp.Hub.Tests.Queues;

/// <summary>Stands between a client and the broker and keeps every byte that the client sends.</summary>
internal sealed class FrameTap : IAsyncDisposable
{
    private const byte FrameEnd = 0xCE;
    private static readonly byte[] BasicPublish = [0, 60, 0, 40];

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly MemoryStream sent = new();
    private readonly int brokerPort;
    private bool cutAtPublish;
    private Task accepting = Task.CompletedTask;

    private FrameTap(int brokerPort, bool cutAtPublish) => (this.brokerPort, this.cutAtPublish) = (brokerPort, cutAtPublish);

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public byte[] Sent
    {
        get
        {
            lock (sent) return sent.ToArray();
        }
    }

    /// <param name="cutAtPublish">Closes the first connection, both ways, when a message was passed on to the broker.</param>
    public static FrameTap Start(int brokerPort, bool cutAtPublish = false)
    {
        var tap = new FrameTap(brokerPort, cutAtPublish);
        tap.listener.Start();
        tap.accepting = tap.AcceptAsync();
        return tap;
    }

    /// <summary>The three frames of the first message published: the method, the properties, the body. Read by the protocol's own layout: type, channel, size, payload, end.</summary>
    public static IReadOnlyList<(string Name, byte[] Payload)> PublishFrames(byte[] bytes)
    {
        var frames = new List<(byte Type, byte[] Payload)>();
        // The first eight bytes name the protocol.
        for (var at = 8; at + 7 < bytes.Length;)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at + 3));
            Assert.Equal(FrameEnd, bytes[at + 7 + size]);
            frames.Add((bytes[at], bytes[(at + 7)..(at + 7 + size)]));
            at += size + 8;
        }

        var publish = frames.FindIndex(f => f.Type == 1 && f.Payload.AsSpan().StartsWith(BasicPublish));
        Assert.Equal(((byte)2, (byte)3), (frames[publish + 1].Type, frames[publish + 2].Type));
        return [("method", frames[publish].Payload), ("header", frames[publish + 1].Payload), ("body", frames[publish + 2].Payload)];
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
        sent.Dispose();
    }

    private async Task AcceptAsync()
    {
        var passing = new List<Task>();
        try
        {
            while (true) passing.Add(PassAsync(await listener.AcceptTcpClientAsync(stopping.Token)));
        }
        finally
        {
            await Task.WhenAll(passing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        using (var broker = new TcpClient())
        {
            await broker.ConnectAsync(IPAddress.Loopback, brokerPort, stopping.Token);
            var answers = broker.GetStream().CopyToAsync(client.GetStream(), stopping.Token);
            await RequestsAsync(client.GetStream(), broker.GetStream());
            client.Close();
            broker.Close();
            await answers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RequestsAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[65536];
        int count;
        while ((count = await from.ReadAsync(buffer, stopping.Token)) > 0)
        {
            lock (sent) sent.Write(buffer, 0, count);
            if (cutAtPublish && buffer.AsSpan(0, count).IndexOf(BasicPublish) >= 0)
            {
                cutAtPublish = false;
                await to.WriteAsync(buffer.AsMemory(0, count), stopping.Token);
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, count), stopping.Token);
        }
    }
}
