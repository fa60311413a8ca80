using System.Net;
using System.Net.Http.Headers;
using Vkp.Adapters;
using Vkp.Hub.Outbound;

namespace Vkp.Hub.SelfTest;

/// <summary>A line that breaks in the middle of a request: its length is announced, half of it is sent, and the connection ends.</summary>
public sealed class BrokenLine(OutboundPolicy policy) : IDisposable
{
    private readonly HttpClient http = new(policy.CreateHandler(TimeSpan.FromSeconds(5))) { Timeout = Limits.DeliveryTimeout };

    public void Dispose() => http.Dispose();

    /// <summary>What the delivering side knows afterwards: it may have reached the receiver; or that it never got there.</summary>
    public async Task<EpjAnswer> SendAsync(Uri destination, EpjRequest request, CancellationToken ct)
    {
        using var half = new Half(request.Body);
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(destination, request.Path)) { Content = half };
        half.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType);
        foreach (var (name, value) in request.Headers) message.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var early = await http.SendAsync(message, ct);
            return new EpjAnswer.Unknown($"it was answered with {(int)early.StatusCode} before it had arrived");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return half.IsSent ? new EpjAnswer.Unknown("the line was broken") : new EpjAnswer.NotSent("no connection");
        }
    }

    private sealed class Half(ReadOnlyMemory<byte> whole) : HttpContent
    {
        public bool IsSent { get; private set; }

        protected override bool TryComputeLength(out long length)
        {
            length = whole.Length;
            return true;
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(whole[..(whole.Length / 2)]);
            await stream.FlushAsync();
            IsSent = true;
            throw new IOException("The line breaks here.");
        }
    }
}
